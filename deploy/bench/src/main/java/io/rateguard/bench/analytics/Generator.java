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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Fills the raw events in bulk, in the order of time, and with them every rollup, as the intake's blocks would. */
final class Generator {

    static final Duration SPAN = Duration.ofDays(90);

    /** As many as the engine has the memory for, two at once. */
    private static final int BLOCK = 25_000;

    /** One block is worked out while the engine merges and writes another. */
    private static final int BLOCKS_AT_ONCE = 2;

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
        long startMillis = start(clickHouse).toEpochMilli();
        double stepMillis = SPAN.toMillis() / (double) events;
        AtomicLong next = new AtomicLong(firstToFill(count(clickHouse), events));
        Runnable filler = () -> {
            try {
                for (long first = next.getAndAdd(BLOCK); first < events; first = next.getAndAdd(BLOCK)) {
                    insert(clickHouse, startMillis, stepMillis, first, Math.min(BLOCK, events - first));
                    told.run();
                }
            } finally {
                // When one fails, the others begin no more.
                next.set(events);
            }
        };
        try (ExecutorService fillers = Executors.newFixedThreadPool(BLOCKS_AT_ONCE)) {
            Stream.generate(() -> fillers.submit(filler))
                    .limit(BLOCKS_AT_ONCE)
                    .toList()
                    .forEach(Generator::await);
        }
    }

    /** The last blocks may have died between the raw events and their rollups: they are repeated. */
    private static long firstToFill(long there, long events) {
        return there >= events ? events : Math.max(0, there / BLOCK - BLOCKS_AT_ONCE) * BLOCK;
    }

    private static void insert(ClickHouse clickHouse, long startMillis, double stepMillis, long first, long count) {
        clickHouse.execute(
                TEXT.replace("{token}", "fill " + first),
                Map.of("start_millis", startMillis, "step_millis", stepMillis, "first", first, "count", count));
    }

    private static void await(Future<?> filler) {
        try {
            filler.get();
        } catch (ExecutionException failed) {
            throw new IllegalStateException("the events cannot be filled in", failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while filling", stopped);
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
