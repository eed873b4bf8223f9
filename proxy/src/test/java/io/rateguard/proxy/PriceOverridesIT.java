package io.rateguard.proxy;

import static io.rateguard.proxy.testbed.TestBed.chatBody;
import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.usage.UsageClass;
import io.rateguard.proxy.testbed.TestBed;
import io.rateguard.proxy.testbed.TestDatabase.TestKey;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Prices that a workspace has set itself. */
class PriceOverridesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

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
    void chargesTheWorkspacesOwnPriceAndNamesIt() {
        WorkspaceId workspace = workspace("own");
        price(workspace, "demo-*", "{\"input\":\"1000\"}");
        UUID exact = price(workspace, "demo-small", "{\"input\":\"1\",\"output\":\"2\",\"requests\":\"5000\"}");

        RequestEvent event = event(send(bed.database().key(workspace, "k"), "demo-small"));

        assertThat(event.metering().priceVersion()).isEqualTo("override/" + exact);
        assertThat(event.metering().usage().count(UsageClass.REQUESTS)).isEqualTo(1);
        assertThat(event.metering().costNanos()).isEqualTo(100 * 1_000 + 10 * 2_000 + 5_000_000);
    }

    @Test
    void holdsAFeeForTheRequestBeforeItIsKnownToBeDue() {
        WorkspaceId workspace = workspace("fee");
        price(workspace, "demo-small", "{\"input\":\"0\",\"output\":\"0\",\"requests\":\"5000\"}");
        bed.database().budget(workspace, "elastic", 4_999_999, "elastic");

        HttpResponse<String> reply = send(bed.database().key(workspace, "k"), "demo-small");

        assertThat(reply.statusCode()).isEqualTo(402);
    }

    @Test
    void pricesAModelThatNoCatalogueKnowsUnderAStrictBudget() {
        WorkspaceId workspace = workspace("strict");
        bed.database().budget(workspace, "strict", 1_000_000_000, "strict");
        TestKey key = bed.database().key(workspace, "k");
        assertThat(send(key, "house-model").body()).contains("model_unpriced");

        UUID price = price(workspace, "house-model", "{\"input\":\"1\",\"output\":\"2\"}");
        HttpResponse<String> reply = until(200, key, "house-model");

        assertThat(event(reply).metering().priceVersion()).isEqualTo("override/" + price);
    }

    @Test
    void takesAPriceWithoutARateForTheOutputForNone() {
        WorkspaceId workspace = workspace("half");
        price(workspace, "demo-small", "{\"input\":\"1\"}");
        TestKey key = bed.database().key(workspace, "k");

        RequestEvent allowed = event(send(key, "demo-small"));
        bed.database().execute("UPDATE workspaces SET unpriced = 'block' WHERE id = ?", workspace.value());
        HttpResponse<String> reply = until(402, key, "demo-small");

        assertThat(allowed.metering().unpriced()).isTrue();
        assertThat(reply.body()).contains("model_unpriced", "the input or the output of the model");
    }

    @Test
    void chargesTheCeilingForAModelWithoutAPriceAndMarksIt() {
        WorkspaceId workspace = workspace("ceiling");
        bed.database().budget(workspace, "strict", 1_000_000_000, "strict");
        ceiling(workspace, "{\"input\":\"30\",\"output\":\"150\"}");
        TestKey key = bed.database().key(workspace, "k");

        RequestEvent unknown = event(send(key, "house-model"));
        RequestEvent known = event(send(key, "demo-small"));

        assertThat(unknown.metering().costNanos()).isEqualTo(100 * 30_000 + 10 * 150_000);
        assertThat(unknown.metering().priceVersion()).isEqualTo("ceiling/30/150");
        assertThat(unknown.metering().unpriced()).isTrue();
        assertThat(known.metering().priceVersion()).endsWith("/demo/demo-small");
        assertThat(known.metering().unpriced()).isFalse();
    }

    @Test
    void holdsTheCeilingUnderAStrictBudget() {
        WorkspaceId workspace = workspace("held");
        ceiling(workspace, "{\"input\":\"0\",\"output\":\"150\"}");
        bed.database().budget(workspace, "strict", 10 * 150_000 - 1, "strict");

        HttpResponse<String> reply = send(bed.database().key(workspace, "k"), "house-model");

        assertThat(reply.statusCode()).isEqualTo(402);
        assertThat(reply.body()).contains("budget_exhausted", "this request needs $0.0015");
    }

    @Test
    void passesOverAPriceThatOnlyANewerVersionUnderstands() {
        WorkspaceId workspace = workspace("newer");
        price(workspace, "demo-small", "{\"input\":\"1\",\"output\":\"2\",\"smell\":\"3\"}");

        RequestEvent event = event(send(bed.database().key(workspace, "k"), "demo-small"));

        assertThat(event.metering().priceVersion()).endsWith("/demo/demo-small");
    }

    @Test
    void leavesOtherWorkspacesAlone() {
        WorkspaceId workspace = workspace("others");
        price(workspace, "demo-small", "{\"input\":\"1000\"}");
        WorkspaceId other = workspace("other");

        RequestEvent event = event(send(bed.database().key(other, "k"), "demo-small"));

        assertThat(event.metering().priceVersion()).endsWith("/demo/demo-small");
    }

    private static WorkspaceId workspace(String slug) {
        WorkspaceId workspace = bed.newWorkspace(slug);
        bed.database().api(workspace, "demo", "demo", bed.provider().url(), "bearer", TestBed.UPSTREAM_SECRET);
        return workspace;
    }

    private static void ceiling(WorkspaceId workspace, String rates) {
        bed.database()
                .execute(
                        "UPDATE workspaces SET unpriced = 'ceiling', ceiling = ?::jsonb WHERE id = ?",
                        rates,
                        workspace.value());
    }

    private static UUID price(WorkspaceId workspace, String model, String rates) {
        UUID id = UUID.randomUUID();
        bed.database()
                .execute(
                        "INSERT INTO prices (id, workspace_id, model, rates) VALUES (?, ?, ?, ?::jsonb)",
                        id,
                        workspace.value(),
                        model,
                        rates);
        return id;
    }

    private static HttpResponse<String> send(TestKey key, String model) {
        HttpRequest.Builder request = bed.chat(key, chatBody(model, 10))
                .header("X-Demo-Input-Tokens", "100")
                .header("X-Demo-Output-Tokens", "10");
        return bed.send(request);
    }

    private static HttpResponse<String> until(int status, TestKey key, String model) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        HttpResponse<String> reply = send(key, model);
        while (reply.statusCode() != status) {
            assertThat(System.nanoTime()).as(reply.body()).isLessThan(end);
            LockSupport.parkNanos(20_000_000);
            reply = send(key, model);
        }
        return reply;
    }

    private static RequestEvent event(HttpResponse<String> reply) {
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        return bed.events()
                .of(reply.headers().firstValue("X-RateGuard-Request-Id").orElseThrow());
    }
}
