package io.rateguard.proxy;

import static io.rateguard.proxy.testbed.TestBed.chatBody;
import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.proxy.testbed.TestBed;
import io.rateguard.proxy.testbed.TestDatabase.TestKey;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Catalogues that a workspace has taken in place of the one that ships. */
class PriceImportsIT {

    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    private static TestBed bed;

    @BeforeAll
    static void start() {
        bed = TestBed.start();
    }

    @AfterAll
    static void stop() {
        bed.close();
    }

    @Test
    void pricesByTheOneThatHoldsWithinASecondAndByTheShippedOneElse() {
        WorkspaceId workspace = workspace("imports");
        TestKey key = bed.database().key(workspace, "k");
        RequestEvent before = event(send(key));
        save(workspace, 1, "'catalogue'", catalogue("2026-11-27+1", "7"), false);
        RequestEvent drafted = event(send(key));

        bed.database()
                .execute(
                        "UPDATE price_imports SET applied_at = now(), applied_by = 'p' WHERE workspace_id = ?",
                        workspace.value());
        long appliedAt = System.nanoTime();
        RequestEvent imported = until(key, "2026-11-27+1/demo/demo-small", appliedAt);
        save(workspace, 2, "'shipped'", null, true);
        RequestEvent back = until(key, before.metering().priceVersion(), System.nanoTime());

        assertThat(drafted.metering().priceVersion())
                .isEqualTo(before.metering().priceVersion());
        assertThat(imported.metering().costNanos()).isEqualTo(17 * 7_000);
        assertThat(back.metering().costNanos()).isEqualTo(before.metering().costNanos());
    }

    @Test
    void passesOverOneThatOnlyANewerVersionUnderstands() {
        WorkspaceId workspace = workspace("newer");
        save(workspace, 1, "'catalogue'", "{\"version\":\"v+1\",\"sources\":[],\"providers\":{}}", true);

        RequestEvent event = event(send(bed.database().key(workspace, "k")));

        assertThat(event.metering().priceVersion()).endsWith("/demo/demo-small");
        assertThat(event.metering().costNanos()).isPositive();
    }

    private static WorkspaceId workspace(String slug) {
        WorkspaceId workspace = bed.newWorkspace(slug);
        bed.database().api(workspace, "demo", "demo", bed.provider().url(), "bearer", TestBed.UPSTREAM_SECRET);
        return workspace;
    }

    private static void save(WorkspaceId workspace, int number, String kind, String catalogue, boolean applied) {
        String by = applied ? "now(), 'p'" : "NULL, NULL";
        bed.database()
                .execute(
                        "INSERT INTO price_imports (workspace_id, number, base, kind, catalogue_version, catalogue, added,"
                                + " changed, removed, created_by, applied_at, applied_by)"
                                + " VALUES (?, ?, 0, " + kind + ", 'v', "
                                + (catalogue == null ? "NULL" : "'" + catalogue + "'") + ", 0, 0, 0, 'p', " + by + ")",
                        workspace.value(),
                        number);
    }

    private static String catalogue(String version, String rate) {
        return "{\"version\":\"" + version
                + "\",\"sources\":[],\"providers\":[{\"id\":\"demo\",\"models\":[{\"id\":\"demo-small\","
                + "\"match\":{\"equals\":\"demo-small\"},\"prices\":[{\"rates\":{\"input\":\"" + rate
                + "\",\"output\":\"" + rate + "\"}}]}]}]}";
    }

    private static HttpResponse<String> send(TestKey key) {
        return bed.send(bed.chat(key, chatBody("demo-small", 10))
                .header("X-Demo-Input-Tokens", "7")
                .header("X-Demo-Output-Tokens", "10"));
    }

    private static RequestEvent until(TestKey key, String version, long since) {
        RequestEvent event = event(send(key));
        while (!version.equals(event.metering().priceVersion())) {
            assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(AT_ONCE);
            LockSupport.parkNanos(20_000_000);
            event = event(send(key));
        }
        return event;
    }

    private static RequestEvent event(HttpResponse<String> reply) {
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        return bed.events()
                .of(reply.headers().firstValue("X-RateGuard-Request-Id").orElseThrow());
    }
}
