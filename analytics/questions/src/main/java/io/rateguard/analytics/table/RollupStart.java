package io.rateguard.analytics.table;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * From when on a rollup counts every event: from the beginning where it was made before there were any. Nothing is
 * filled in afterwards, since nobody could say which of the earlier events its view has seen.
 */
public final class RollupStart {

    private static final String TEXT = """
            SELECT toUnixTimestamp(argMin(applied_at, applied_at)) AS applied_seconds,
                argMin(over_events, applied_at) AS over_events
            FROM schema_changes
            WHERE number = {number:UInt32}
            HAVING count() > 0
            SETTINGS output_format_json_quote_64bit_integers = 0
            FORMAT JSONEachRow
            """;
    private static final long QUARTER_SECONDS = Duration.ofMinutes(15).toSeconds();
    /** By how much the clock that says when a request is charged may differ from that of ClickHouse. */
    private static final long CLOCKS_DIFFER_SECONDS = QUARTER_SECONDS;

    private final ClickHouse clickHouse;
    private final int change;
    private volatile @Nullable Instant known;

    private RollupStart(ClickHouse clickHouse, int change) {
        this.clickHouse = clickHouse;
        this.change = change;
    }

    public static RollupStart byQuarter(ClickHouse clickHouse) {
        return new RollupStart(clickHouse, 7);
    }

    public static RollupStart byTag(ClickHouse clickHouse) {
        return new RollupStart(clickHouse, 8);
    }

    public static RollupStart byCustomer(ClickHouse clickHouse) {
        return new RollupStart(clickHouse, 9);
    }

    public static RollupStart byModel(ClickHouse clickHouse) {
        return new RollupStart(clickHouse, 10);
    }

    public static RollupStart bySplit(ClickHouse clickHouse) {
        return new RollupStart(clickHouse, 19);
    }

    /**
     * A whole quarter hour; the epoch where nothing came before the rollup.
     *
     * @throws ClickHouseFailure while the rollup is not there yet: an intake makes it when it starts
     */
    public Instant ask() {
        Instant start = known;
        if (start == null) {
            JsonNode row = clickHouse.ask(TEXT, Map.of("number", change)).stream()
                    .findFirst()
                    .orElseThrow(() -> new ClickHouseFailure(
                            "ClickHouse change " + change + ": not applied (expected: by an intake of this version)"));
            start = row.required("over_events").asBoolean()
                    ? after(row.required("applied_seconds").longValue())
                    : Instant.EPOCH;
            known = start;
        }
        return start;
    }

    private static Instant after(long appliedSeconds) {
        long surely = appliedSeconds + CLOCKS_DIFFER_SECONDS;
        return Instant.ofEpochSecond((surely / QUARTER_SECONDS + 1) * QUARTER_SECONDS);
    }
}
