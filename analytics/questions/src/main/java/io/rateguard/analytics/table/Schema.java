package io.rateguard.analytics.table;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Brings a ClickHouse database to the tables that this version needs. */
public final class Schema {

    private static final Logger LOG = LoggerFactory.getLogger(Schema.class);
    private static final Set<String> TABLES = Set.of(
            "requests",
            "usage_by_minute",
            "usage_by_minute_view",
            "marks",
            "budget_charges",
            "budget_charges_view",
            "adjustments",
            "usage_by_minute_adjustments_view",
            "budget_charges_adjustments_view",
            "usage_by_quarter",
            "usage_by_quarter_view",
            "usage_by_tag",
            "usage_by_tag_view",
            "usage_by_tag_adjustments_view",
            "usage_by_customer",
            "usage_by_customer_view",
            "usage_by_customer_adjustments_view",
            "usage_by_model",
            "usage_by_model_view",
            "usage_by_split",
            "usage_by_split_view",
            "usage_by_split_adjustments_view",
            "intake_progress");
    private static final String CREATE_LEDGER = """
            CREATE TABLE IF NOT EXISTS schema_changes
            (number UInt32, name String, digest String, applied_at DateTime64(3, 'UTC') DEFAULT now64(3))
            ENGINE = ReplacingMergeTree ORDER BY (number, digest)
            """;
    private static final String SAY_WHETHER_OVER_EVENTS =
            "ALTER TABLE schema_changes ADD COLUMN IF NOT EXISTS over_events Bool DEFAULT false";

    private Schema() {}

    /**
     * Creates the database where it is missing, runs the changes it has not seen, in order, and verifies the result.
     * Two that start at once do no harm: every statement may be repeated.
     *
     * @throws IllegalStateException when a change that was applied reads differently now, or a table is missing
     */
    public static void apply(ClickHouseSettings settings) {
        try (ClickHouse server = ClickHouse.open(settings.withDatabase("default"))) {
            server.execute("CREATE DATABASE IF NOT EXISTS " + settings.database());
        }
        try (ClickHouse database = ClickHouse.open(settings)) {
            database.execute(CREATE_LEDGER);
            database.execute(SAY_WHETHER_OVER_EVENTS);
            Map<Integer, String> applied = applied(database);
            for (Change change : Change.all()) {
                if (!applied.containsKey(change.number())) {
                    apply(database, change);
                }
            }
            verify(database);
        }
    }

    /** @throws IllegalStateException naming the first thing that is not as this version needs it */
    public static void verify(ClickHouse database) {
        Map<Integer, String> applied = applied(database);
        for (Change change : Change.all()) {
            String digest = applied.get(change.number());
            if (!change.digest().equals(digest)) {
                throw new IllegalStateException("ClickHouse change " + change.name() + ": "
                        + (digest == null ? "not applied" : "applied as " + digest) + " (expected: "
                        + change.digest() + ")");
            }
        }
        Set<String> missing = new HashSet<>(TABLES);
        database.ask("SELECT name FROM system.tables WHERE database = currentDatabase() FORMAT JSONEachRow", Map.of())
                .forEach(row -> missing.remove(row.path("name").asString()));
        if (!missing.isEmpty()) {
            throw new IllegalStateException("ClickHouse tables missing: " + missing);
        }
    }

    private static void apply(ClickHouse database, Change change) {
        try {
            change.statements().forEach(database::execute);
        } catch (ClickHouseFailure failure) {
            if (applied(database).containsKey(change.number())) {
                // Another one that starts has been faster, and may be further on: what it drops cannot be altered.
                return;
            }
            throw failure;
        }
        // Asked afterwards: what is there now may have come in before a view of the change was there to see it. Single
        // requests go with the retention, and of those sums are left.
        database.execute("""
                INSERT INTO schema_changes (number, name, digest, over_events)
                SELECT %s, '%s', '%s', sum(total_rows) > 0
                FROM system.tables
                WHERE database = currentDatabase() AND name IN ('requests', 'adjustments', 'usage_by_minute')
                """.formatted(change.number(), change.name(), change.digest()));
        LOG.info("clickhouse change applied: {}", change.name());
    }

    private static Map<Integer, String> applied(ClickHouse database) {
        List<JsonNode> rows = database.ask(
                "SELECT number, digest FROM schema_changes ORDER BY number, applied_at FORMAT JSONEachRow", Map.of());
        Map<Integer, String> digests = new HashMap<>();
        rows.forEach(row -> digests.putIfAbsent(
                row.path("number").asInt(), row.path("digest").asString()));
        return digests;
    }
}
