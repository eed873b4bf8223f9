package io.rateguard.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.alerts.testbed.TestBed;
import io.rateguard.analytics.table.ClickHouse;
import io.rateguard.analytics.table.Provenance;
import io.rateguard.analytics.table.RequestRows;
import io.rateguard.domain.event.Decision;
import io.rateguard.domain.event.Outcome;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.id.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is kept, with two services that remove what is not. */
class RetentionIT {

    private static final Duration OFTEN = Duration.ofMillis(100);

    private final TestBed bed = new TestBed();
    private final ClickHouse clickHouse = bed.clickHouse();
    private final Random random = new Random(5);

    @AfterEach
    void stop() {
        clickHouse.close();
        bed.close();
    }

    @Test
    void singleRequestsGoWhenTheirWorkspaceKeepsThemNoLongerAndSumsStay() {
        WorkspaceId brief = bed.workspace();
        WorkspaceId usual = bed.workspace();
        keep(brief, 30);
        for (WorkspaceId workspace : List.of(brief, usual)) {
            record(workspace, Duration.ofDays(29));
            record(workspace, Duration.ofDays(32));
        }

        bed.start(OFTEN);
        bed.start(OFTEN);
        TestBed.await("the old one to go", () -> rows("requests", brief) == 1);

        assertThat(rows("requests", usual)).isEqualTo(2);
        assertThat(rows("usage_by_minute", brief)).isEqualTo(2);
    }

    @Test
    void aShorterTimeIsFollowedWithoutARestart() {
        WorkspaceId workspace = bed.workspace();
        record(workspace, Duration.ofDays(32));
        record(workspace, Duration.ofDays(390));
        record(workspace, Duration.ofDays(410));
        bed.start(OFTEN);
        TestBed.await("the oldest to go", () -> rows("requests", workspace) == 2);

        keep(workspace, 100);

        TestBed.await("the older one to go", () -> rows("requests", workspace) == 1);
    }

    @Test
    void nothingIsLeftOfADeletedWorkspaceAlsoOfWhatComesLate() {
        WorkspaceId deleted = bed.workspace();
        WorkspaceId other = bed.workspace();
        record(deleted, Duration.ofDays(1));
        record(other, Duration.ofDays(1));
        bed.start(OFTEN);

        bed.owner()
                .sql("UPDATE workspaces SET deleted_at = now() WHERE id = ?")
                .param(deleted.value())
                .update();
        TestBed.await("nothing of it", () -> left(deleted) == 0);
        record(deleted, Duration.ofHours(1));
        TestBed.await("nothing of what came late", () -> left(deleted) == 0);
        assertThat(isErased(deleted)).isFalse();
        bed.owner()
                .sql("UPDATE workspaces SET deleted_at = now() - interval '15 days' WHERE id = ?")
                .param(deleted.value())
                .update();
        TestBed.await("an end", () -> isErased(deleted));

        assertThat(rows("requests", other)).isEqualTo(1);
        assertThat(rows("usage_by_customer", other)).isEqualTo(1);
    }

    @Test
    void aLentKeyGoesAWeekAfterItsTimeAndNoOtherKeyDoes() {
        WorkspaceId workspace = bed.workspace();
        key(workspace, "lent", "playground", Duration.ofDays(8));
        key(workspace, "lent of late", "connection-test", Duration.ofDays(6));
        key(workspace, "created", null, Duration.ofDays(400));

        bed.start(OFTEN);
        TestBed.await("the lent key to go", () -> !keys(workspace).contains("lent"));

        assertThat(keys(workspace)).containsExactly("created", "lent of late");
        assertThat(audited(workspace)).doesNotContain("deleted");
    }

    @Test
    void anAddressThatNobodyProvedGoesAWeekAfterItsLink() {
        proof("old@example.com", Duration.ofDays(8));
        proof("late@example.com", Duration.ofDays(6));
        proof("open@example.com", Duration.ofHours(-1));

        bed.start(OFTEN);
        TestBed.await("the old one to go", () -> !proofs().contains("old@example.com"));

        assertThat(proofs()).containsExactly("late@example.com", "open@example.com");
    }

    /** Its link ended so long ago. */
    private void proof(String email, Duration ago) {
        bed.owner()
                .sql("INSERT INTO address_proofs (email, hash, expires_at)"
                        + " VALUES (?, uuid_send(gen_random_uuid()), now() - make_interval(secs => ?))")
                .params(email, ago.toSeconds())
                .update();
    }

    private List<String> proofs() {
        return bed.owner()
                .sql("SELECT email FROM address_proofs ORDER BY email")
                .query(String.class)
                .list();
    }

    /** Its time was over so long ago. */
    private void key(WorkspaceId workspace, String name, @Nullable String lentFor, Duration ago) {
        bed.owner()
                .sql("""
                        INSERT INTO api_keys (workspace_id, name, environment, prefix, hash, lent_for, expires_at, created_at)
                        SELECT ?, ?, 'live', 'rg_live_abcd', uuid_send(gen_random_uuid()), ?, expiry, expiry - interval '10 minutes'
                        FROM (SELECT now() - make_interval(secs => ?) AS expiry)""")
                .params(workspace.value(), name, lentFor, ago.toSeconds())
                .update();
    }

    private List<String> keys(WorkspaceId workspace) {
        return texts("SELECT name FROM api_keys WHERE workspace_id = ? ORDER BY name", workspace);
    }

    private List<String> audited(WorkspaceId workspace) {
        return texts("SELECT action FROM audit_entries WHERE workspace_id = ? AND resource = 'keys'", workspace);
    }

    private List<String> texts(String sql, WorkspaceId workspace) {
        return bed.owner().sql(sql).param(workspace.value()).query(String.class).list();
    }

    private void keep(WorkspaceId workspace, int days) {
        bed.owner()
                .sql("UPDATE workspaces SET retention_days = ? WHERE id = ?")
                .params(days, workspace.value())
                .update();
    }

    private boolean isErased(WorkspaceId workspace) {
        return bed.owner()
                .sql("SELECT erased_at IS NOT NULL FROM workspaces WHERE id = ?")
                .param(workspace.value())
                .query(Boolean.class)
                .single();
    }

    private long left(WorkspaceId workspace) {
        return rows("requests", workspace) + rows("usage_by_minute", workspace) + rows("usage_by_customer", workspace);
    }

    private long rows(String table, WorkspaceId workspace) {
        return clickHouse
                .ask(
                        "SELECT toInt32(count()) AS n FROM " + table
                                + " WHERE workspace_id = {workspace:UUID} FORMAT JSONEachRow",
                        Map.of("workspace", workspace.toString()))
                .getFirst()
                .required("n")
                .longValue();
    }

    private void record(WorkspaceId workspace, Duration ago) {
        long at = Instant.now().minus(ago).toEpochMilli();
        RequestEvent event = new RequestEvent(
                RequestId.create(at, random),
                new RequestEvent.Caller(workspace, null, null, null, null, Map.of()),
                new RequestEvent.Call(null, "demo", "GET", "/", "/", null, null, false, 0, 0, 1),
                new RequestEvent.Times(at, at, at, 1, 1, 1, 1),
                new RequestEvent.Verdict(Decision.ALLOWED, 200, Outcome.COMPLETED, null, false),
                RequestEvent.Metering.NOTHING,
                List.of());
        clickHouse.insert(
                new RequestRows()
                        .add(event, new Provenance(0, random.nextInt(1_000_000), UUID.randomUUID(), 1))
                        .block(),
                UUID.randomUUID().toString());
    }
}
