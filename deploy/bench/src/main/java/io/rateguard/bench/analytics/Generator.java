package io.rateguard.bench.analytics;

import io.rateguard.analytics.table.ClickHouse;
import io.rateguard.domain.id.WorkspaceId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** Fills the raw events in bulk, in the order of time, and with them every rollup, as the intake's blocks would. */
final class Generator {

    static final Duration SPAN = Duration.ofDays(90);

    /** As many as the engine has the memory for. */
    private static final int BLOCK = 50_000;

    private static final String TEXT = text();

    private Generator() {}

    /** The day on which the first of them was charged; where there are none, as long ago as they are to reach. */
    static Instant start(ClickHouse clickHouse) {
        return Instant.ofEpochSecond(whole(
                clickHouse,
                "SELECT toUnixTimestamp(toStartOfDay(if(count() = 0, now() - INTERVAL " + SPAN.toDays()
                        + " DAY, toDateTime(min(charged_at))), 'UTC')) AS answer FROM requests"));
    }

    /**
     * Goes on where an earlier run ended.
     *
     * @param told of each block that is done
     */
    static void fill(ClickHouse clickHouse, long events, Runnable told) {
        long there = count(clickHouse);
        long startMillis = start(clickHouse).toEpochMilli();
        // The last block may have died between the raw events and their rollups: it is repeated.
        long done = there >= events ? events : Math.max(0, (there / BLOCK - 1) * BLOCK);
        while (done < events) {
            long count = Math.min(BLOCK, events - done);
            clickHouse.ask(
                    TEXT.replace("{token}", "fill " + done),
                    Map.of(
                            "start_millis",
                            startMillis,
                            "step_millis",
                            SPAN.toMillis() / (double) events,
                            "first",
                            done,
                            "count",
                            count));
            done += count;
            told.run();
        }
    }

    static long count(ClickHouse clickHouse) {
        return whole(clickHouse, "SELECT count() AS answer FROM requests");
    }

    /** When the newest of them was charged. */
    static Instant newest(ClickHouse clickHouse) {
        return Instant.ofEpochMilli(
                whole(clickHouse, "SELECT toUnixTimestamp64Milli(max(charged_at)) AS answer FROM requests"));
    }

    private static long whole(ClickHouse clickHouse, String sql) {
        return clickHouse
                .ask(sql + " SETTINGS output_format_json_quote_64bit_integers = 0 FORMAT JSONEachRow", Map.of())
                .getFirst()
                .required("answer")
                .longValue();
    }

    /** By rank: 0 makes a fifth of all requests. */
    static WorkspaceId workspace(ClickHouse clickHouse, int rank) {
        String sql =
                "SELECT toString(reinterpretAsUUID(leftPad(char({rank:UInt8}), 16, 'w'))) AS id FORMAT JSONEachRow";
        return new WorkspaceId(UUID.fromString(clickHouse
                .ask(sql, Map.of("rank", rank))
                .getFirst()
                .required("id")
                .asString()));
    }

    private static String text() {
        try (InputStream file = Generator.class.getResourceAsStream("generate.sql")) {
            if (file == null) {
                throw new IllegalStateException("generate.sql: missing");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
