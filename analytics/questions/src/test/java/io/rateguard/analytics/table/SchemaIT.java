package io.rateguard.analytics.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rateguard.embedded.ClickHouseAccess;
import io.rateguard.embedded.fixture.Services;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SchemaIT {

    @Test
    void createsTheDatabaseAndItsTables() {
        ClickHouseSettings settings = fresh("_made");

        Schema.apply(settings);

        try (ClickHouse database = ClickHouse.open(settings)) {
            Schema.verify(database);
            assertThat(applied(database))
                    .containsExactly(
                            "0001-requests",
                            "0002-usage-by-minute",
                            "0003-marks",
                            "0004-add-shadowed",
                            "0005-budget-charges",
                            "0006-adjustments",
                            "0007-usage-by-quarter",
                            "0008-usage-by-tag",
                            "0009-usage-by-customer",
                            "0010-usage-by-model",
                            "0011-intake-progress",
                            "0014-usage-by-day",
                            "0015-usage-by-span",
                            "0016-add-fingerprint",
                            "0017-find-customers",
                            "0018-drop-usage-by-day",
                            "0019-usage-by-split",
                            "0020-drop-usage-by-span",
                            "0021-remember-more-blocks");
        }
    }

    @Test
    void appliesNothingTwice() {
        ClickHouseSettings settings = fresh("");
        Schema.apply(settings);

        Schema.apply(settings);

        try (ClickHouse database = ClickHouse.open(settings)) {
            assertThat(applied(database)).hasSize(19);
        }
    }

    @Test
    void isSafeWhenSeveralStartAtOnce() throws Exception {
        ClickHouseSettings settings = fresh("_together");
        List<Callable<Object>> starts = IntStream.range(0, 4)
                .mapToObj(i -> Executors.callable(() -> Schema.apply(settings)))
                .toList();

        try (ExecutorService threads = Executors.newFixedThreadPool(starts.size())) {
            for (Future<Object> start : threads.invokeAll(starts)) {
                start.get();
            }
        }

        try (ClickHouse database = ClickHouse.open(settings)) {
            Schema.verify(database);
        }
    }

    @Test
    void everyTableThatABlockReachesRemembersAHundredThousandBlocks() {
        ClickHouseSettings settings = fresh("");
        Schema.apply(settings);

        try (ClickHouse database = ClickHouse.open(settings)) {
            assertThat(database.ask("""
                            SELECT name FROM system.tables
                            WHERE database = currentDatabase()
                              AND position(create_table_query, 'non_replicated_deduplication_window = 100000') > 0
                            FORMAT JSONEachRow
                            """, Map.of()).stream()
                            .map(row -> row.path("name").asString()))
                    .containsExactlyInAnyOrderElementsOf(Removal.tables());
        }
    }

    @Test
    void saysWhichTableIsMissing() {
        ClickHouseSettings settings = fresh("");
        Schema.apply(settings);

        try (ClickHouse database = ClickHouse.open(settings)) {
            database.execute("DROP TABLE marks");

            assertThatThrownBy(() -> Schema.verify(database)).hasMessage("ClickHouse tables missing: [marks]");
        }
    }

    @Test
    void refusesAChangeThatWasEditedAfterItWasApplied() {
        ClickHouseSettings settings = fresh("");
        Schema.apply(settings);

        try (ClickHouse database = ClickHouse.open(settings)) {
            database.execute("TRUNCATE TABLE schema_changes");
            database.execute("INSERT INTO schema_changes (number, name, digest) VALUES (1, '0001-requests', 'other')");

            assertThatThrownBy(() -> Schema.apply(settings))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("ClickHouse change 0001-requests: applied as other (expected: ");
        }
    }

    @Test
    void theSameBlockUnderTheSameTokenCountsOnceInRawAndRollups() {
        ClickHouseSettings settings = fresh("");
        Schema.apply(settings);

        try (ClickHouse database = ClickHouse.open(settings)) {
            for (int i = 0; i < 3; i++) {
                database.insert(
                        new RequestRows().add(Samples.event(1), Samples.at(1)).block(), "one");
            }
            database.insert(
                    new RequestRows().add(Samples.event(1), Samples.at(1)).block(), "two");

            assertThat(count(database, "SELECT count() AS n FROM requests FORMAT JSONEachRow"))
                    .isEqualTo(2);
            for (String rollup : List.of(
                    "usage_by_minute",
                    "usage_by_quarter",
                    "usage_by_model",
                    "usage_by_customer",
                    "usage_by_split WHERE split = 'all' AND span = 'hour'",
                    "usage_by_split WHERE split = 'model' AND span = 'hour'",
                    "usage_by_split WHERE split = 'key' AND span = 'hour'",
                    "usage_by_split WHERE split = 'tag.c' AND span = 'hour'",
                    "usage_by_split WHERE split = 'key.model' AND span = 'day'",
                    "usage_by_split WHERE split = 'model' AND span = 'day'",
                    "usage_by_split WHERE split = 'tag.c' AND span = 'day'",
                    "usage_by_split WHERE split = 'key' AND span = 'week'",
                    "usage_by_split WHERE split = 'endpoint' AND span = 'day'",
                    "usage_by_split WHERE split = 'customer' AND span = 'week'")) {
                assertThat(count(database, "SELECT sum(requests) AS n FROM " + rollup + " FORMAT JSONEachRow"))
                        .as(rollup)
                        .isEqualTo(2);
            }
            assertThat(count(database, "SELECT sum(requests) AS n FROM usage_by_tag FORMAT JSONEachRow"))
                    .as("each of five tags")
                    .isEqualTo(10);
            assertThat(count(database, "SELECT sum(charged_nanos) AS n FROM budget_charges FORMAT JSONEachRow"))
                    .isEqualTo(140);
        }
    }

    @Test
    void anAdjustmentChangesWhatRollupsSayItCostAndNothingElse() {
        ClickHouseSettings settings = fresh("");
        Schema.apply(settings);

        try (ClickHouse database = ClickHouse.open(settings)) {
            database.insert(
                    new RequestRows().add(Samples.event(1), Samples.at(1)).block(), "one");
            database.execute("""
                    INSERT INTO adjustments (workspace_id, request_id, charged_at, api, endpoint, decision, tags,
                        cost_nanos, charges, journal)
                    SELECT workspace_id, request_id, charged_at, api, endpoint, decision, tags, -30,
                        [(charges[1].1, charges[1].2, charges[1].3, charges[1].4, 0, -30)], toUUID('%s')
                    FROM requests
                    """.formatted(new UUID(8, 8)));

            assertThat(database.ask("""
                    SELECT sum(requests) AS requests, sum(errors) AS errors, sum(cost_nanos) AS cost,
                        quantilesBFloat16Merge(0.5, 0.95, 0.99)(latency)[1] AS latency,
                        length(sumMapMerge(tokens)) AS classes
                    FROM usage_by_minute
                    GROUP BY workspace_id, minute, api, key_id, endpoint, model, decision
                    SETTINGS output_format_json_quote_64bit_integers = 0
                    FORMAT JSONEachRow
                    """, Map.of()))
                    .hasToString("[{\"requests\":1,\"errors\":0,\"cost\":-30,\"latency\":10,\"classes\":0}]");
            for (String rollup : List.of(
                    "usage_by_quarter",
                    "usage_by_model",
                    "usage_by_customer",
                    "usage_by_tag WHERE tag = 'c'",
                    "usage_by_split WHERE split = 'model' AND span = 'hour'",
                    "usage_by_split WHERE split = 'tag.c' AND span = 'day'",
                    "usage_by_split WHERE split = 'customer' AND span = 'week'")) {
                assertThat(database.ask(
                                """
                    SELECT sum(requests) AS requests, sum(errors) AS errors, sum(cost_nanos) AS cost,
                        length(%s) AS classes
                    FROM %s
                    SETTINGS output_format_json_quote_64bit_integers = 0
                    FORMAT JSONEachRow
                    """.formatted(
                                                rollup.startsWith("usage_by_split")
                                                        ? "sumForEachMerge(used)"
                                                        : "sumMapMerge(tokens)",
                                                rollup),
                                Map.of()))
                        .as(rollup)
                        .hasToString("[{\"requests\":1,\"errors\":0,\"cost\":-30,\"classes\":0}]");
            }
            assertThat(database.ask("""
                    SELECT sum(requests) AS requests, sum(charged_nanos) AS charged, uniqExact(journal) AS journals
                    FROM budget_charges
                    GROUP BY workspace_id, budget_id, window, window_start_millis, window_end_millis
                    SETTINGS output_format_json_quote_64bit_integers = 0
                    FORMAT JSONEachRow
                    """, Map.of())).hasToString("[{\"requests\":1,\"charged\":40,\"journals\":2}]");
        }
    }

    private static long count(ClickHouse database, String sql) {
        return database.ask(sql, Map.of()).getFirst().path("n").asLong();
    }

    private static List<String> applied(ClickHouse database) {
        return database.ask("SELECT name FROM schema_changes ORDER BY number FORMAT JSONEachRow", Map.of()).stream()
                .map(row -> row.path("name").asString())
                .toList();
    }

    private static ClickHouseSettings fresh(String suffix) {
        ClickHouseAccess access = Services.clickhouse().freshDatabase();
        return new ClickHouseSettings(
                access.httpUrl() + "?compress=false", access.user(), access.password(), access.database() + suffix);
    }
}
