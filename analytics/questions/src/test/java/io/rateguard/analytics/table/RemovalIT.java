package io.rateguard.analytics.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.embedded.ClickHouseAccess;
import io.rateguard.embedded.fixture.Services;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RemovalIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static ClickHouse database;
    private static Removal removal;

    @BeforeAll
    static void open() {
        ClickHouseAccess access = Services.clickhouse().freshDatabase();
        ClickHouseSettings settings = new ClickHouseSettings(
                access.httpUrl() + "?compress=false", access.user(), access.password(), access.database());
        Schema.apply(settings);
        database = ClickHouse.open(settings);
        removal = new Removal(database);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void knowsEveryTableThatHasRowsOfWorkspaces() {
        List<String> tables = database.ask("""
                        SELECT c.table AS name
                        FROM system.columns AS c INNER JOIN system.tables AS t ON t.database = c.database AND t.name = c.table
                        WHERE c.database = currentDatabase() AND c.name = 'workspace_id' AND t.engine LIKE '%MergeTree'
                        FORMAT JSONEachRow
                        """, Map.of()).stream()
                .map(row -> row.required("name").asString())
                .toList();

        assertThat(Removal.tables()).containsExactlyInAnyOrderElementsOf(tables);
    }

    @Test
    void removesAWorkspaceFromEveryTableAndLeavesTheOthers() {
        RequestEvent gone = Samples.event(10);
        RequestEvent kept = of(new WorkspaceId(new UUID(9, 9)), Samples.event(11));
        insert(gone, kept);
        adjust();

        await("nothing left", () -> removal.removeAll(gone.caller().workspace()));

        for (String table : Removal.tables()) {
            assertThat(rows(table, gone.caller().workspace())).as(table).isZero();
            assertThat(rows(table, kept.caller().workspace())).as(table).isPositive();
        }
    }

    @Test
    void removesWhatComesInLaterToo() {
        RequestEvent early = of(new WorkspaceId(new UUID(9, 10)), Samples.event(12));
        insert(early);
        await("nothing left", () -> removal.removeAll(early.caller().workspace()));

        insert(of(early.caller().workspace(), Samples.event(13)));

        assertThat(removal.removeAll(early.caller().workspace())).isFalse();
        await("nothing left", () -> removal.removeAll(early.caller().workspace()));
    }

    @Test
    void removesSingleRequestsBeforeAnInstantAndKeepsTheSums() {
        RequestEvent event = of(new WorkspaceId(new UUID(9, 11)), Samples.event(14));
        WorkspaceId workspace = event.caller().workspace();
        Instant charged = Instant.ofEpochMilli(event.times().chargedAtMillis());
        insert(event);

        assertThat(removal.removeRequests(workspace, charged)).isTrue();
        assertThat(rows("requests", workspace)).isEqualTo(1);
        await("none left", () -> removal.removeRequests(workspace, charged.plusMillis(1)));

        assertThat(rows("requests", workspace)).isZero();
        assertThat(rows("usage_by_minute", workspace)).isEqualTo(1);
    }

    private static void insert(RequestEvent... events) {
        RequestRows rows = new RequestRows();
        for (RequestEvent event : events) {
            rows.add(event, Samples.at(1));
        }
        database.insert(rows.block(), UUID.randomUUID().toString());
    }

    private static void adjust() {
        database.execute("""
                INSERT INTO adjustments (workspace_id, request_id, charged_at, api, endpoint, decision, cost_nanos)
                SELECT workspace_id, request_id, charged_at, api, endpoint, decision, -1 FROM requests
                """);
    }

    private static RequestEvent of(WorkspaceId workspace, RequestEvent event) {
        RequestEvent.Caller caller = event.caller();
        return new RequestEvent(
                event.requestId(),
                new RequestEvent.Caller(
                        workspace, caller.key(), caller.keyName(), caller.project(), caller.customer(), caller.tags()),
                event.call(),
                event.times(),
                event.verdict(),
                event.metering(),
                event.charges());
    }

    private static long rows(String table, WorkspaceId workspace) {
        return database.ask(
                        "SELECT toInt32(count()) AS n FROM " + table
                                + " WHERE workspace_id = {workspace:UUID} FORMAT JSONEachRow",
                        Map.of("workspace", workspace.toString()))
                .getFirst()
                .required("n")
                .longValue();
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + PATIENCE + ": " + what);
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }
}
