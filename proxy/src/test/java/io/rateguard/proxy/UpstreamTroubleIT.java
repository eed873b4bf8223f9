package io.rateguard.proxy;

import static io.rateguard.proxy.testbed.TestBed.chatBody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rateguard.domain.event.Outcome;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.usage.UsageSource;
import io.rateguard.proxy.testbed.BudgetView;
import io.rateguard.proxy.testbed.TestBed;
import io.rateguard.proxy.testbed.TestDatabase.TestKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Upstreams that fail: a clear answer, and the right charge. */
class UpstreamTroubleIT {

    private static TestBed bed;
    private static int workspaces;

    private WorkspaceId workspace;
    private BudgetId budget;
    private TestKey key;

    @BeforeAll
    static void start() {
        bed = TestBed.start();
    }

    @AfterAll
    static void stop() {
        bed.close();
    }

    @BeforeEach
    void workspace() {
        workspace = bed.newWorkspace("trouble-" + ++workspaces);
        bed.database().api(workspace, "demo", "demo", bed.provider().url(), "bearer", TestBed.UPSTREAM_SECRET);
        budget = bed.database().budget(workspace, "month", 1_000_000_000L, "strict");
        bed.database().limit(workspace, "tokens", "{}", "[]", """
                {"algorithm":"token-bucket","unit":"tokens","capacity":100000,"refill":1,"periodSeconds":86400}""");
        key = bed.database().key(workspace, "k");
    }

    @Test
    void anErrorOfTheProviderPassesAsItIsCostsNothingAndGivesTokensBack() {
        HttpResponse<String> reply =
                bed.send(bed.chat(key, chatBody("demo-small", 50)).header("X-Demo-Status", "503"));

        assertThat(reply.statusCode()).isEqualTo(503);
        RequestEvent event = recorded();
        assertThat(event.verdict().status()).isEqualTo(503);
        assertThat(event.metering().costNanos()).isZero();
        charged(0);
        assertThat(remainingTokensNow()).isGreaterThan(99_900);
    }

    @Test
    void aRateLimitOfTheProviderIsNotTakenForOurs() {
        HttpResponse<String> reply =
                bed.send(bed.chat(key, chatBody("demo-small", 50)).header("X-Demo-Status", "429"));

        assertThat(reply.statusCode()).isEqualTo(429);
        assertThat(reply.headers().firstValue("X-RateGuard-Decision")).contains("allowed");
        assertThat(reply.headers().firstValue("Retry-After")).isPresent();
        assertThat(reply.headers().firstValue("X-RateGuard-Error")).isEmpty();
    }

    @Test
    void anUpstreamThatIsNotThereCostsNothing() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        baseUrl("http://127.0.0.1:" + closed);

        refusedByUpstream(502, "upstream_unreachable");

        RequestEvent event = recorded();
        assertThat(event.verdict().outcome()).isEqualTo(Outcome.UNREACHABLE);
        assertThat(event.metering().source()).isEqualTo(UsageSource.NONE);
        charged(0);
    }

    @Test
    void anUpstreamThatSpeaksNoTlsCostsNothing() {
        baseUrl("https://127.0.0.1:" + bed.provider().port());

        refusedByUpstream(502, "upstream_tls_failed");

        charged(0);
    }

    @Test
    void anUpstreamWithANameThatDoesNotExistCostsNothing() {
        baseUrl("http://no-such-host.invalid");

        refusedByUpstream(502, "upstream_unreachable");

        charged(0);
    }

    @Test
    void ourOwnPortsAndMetadataAddressesAreNotConnectedTo() {
        for (String url : List.of(
                "http://169.254.169.254",
                "http://[::1]:" + bed.provider().port(),
                "http://127.0.0.1:" + bed.database().access().port(),
                "http://localhost:" + bed.database().access().port())) {
            baseUrl(url);

            refusedByUpstream(502, "upstream_forbidden");
        }
        charged(0);
    }

    @Test
    void aCallThatWasWrittenAndNotAnsweredIsChargedByEstimate() {
        HttpResponse<String> reply =
                bed.send(bed.chat(key, chatBody("demo-small", 50)).header("X-Demo-Abort", "before-headers"));

        assertThat(reply.statusCode()).isEqualTo(502);
        assertThat(reply.body()).contains("upstream_cut");
        RequestEvent event = recorded();
        assertThat(event.verdict().outcome()).isEqualTo(Outcome.UPSTREAM_CUT);
        assertThat(event.metering().source()).isEqualTo(UsageSource.ESTIMATED);
        assertThat(event.metering().costNanos()).isPositive();
        charged(event.metering().costNanos());
    }

    @Test
    void anUpstreamThatTakesTooLongIsChargedByEstimate() {
        bed.database()
                .execute("UPDATE apis SET first_byte_timeout_millis = 200 WHERE workspace_id = ?", workspace.value());

        HttpResponse<String> reply =
                bed.send(bed.chat(key, chatBody("demo-small", 50)).header("X-Demo-Hang", "true"));

        assertThat(reply.statusCode()).isEqualTo(504);
        assertThat(reply.body()).contains("upstream_timeout");
        RequestEvent event = recorded();
        assertThat(event.verdict().outcome()).isEqualTo(Outcome.TIMEOUT);
        assertThat(event.metering().source()).isEqualTo(UsageSource.ESTIMATED);
        charged(event.metering().costNanos());
    }

    @Test
    void aStreamThatBreaksOffEndsTheCallersConnectionAndIsChargedWhatPassed() {
        HttpRequest.Builder request = bed.chat(key, """
                {"model":"demo-small","stream":true,"max_tokens":50,"messages":[{"role":"user","content":"Hi"}]}""").header("X-Demo-Abort", "mid-stream");

        assertThatThrownBy(() -> bed.send(request)).isInstanceOf(UncheckedIOException.class);

        RequestEvent event = recorded();
        assertThat(event.verdict().outcome()).isEqualTo(Outcome.UPSTREAM_CUT);
        assertThat(event.metering().source()).isIn(UsageSource.COUNTED, UsageSource.PARTIAL, UsageSource.ESTIMATED);
        assertThat(event.metering().costNanos()).isPositive();
        charged(event.metering().costNanos());
    }

    @Test
    void aReplyWithoutAReportIsChargedAndMarked() {
        HttpResponse<String> reply =
                bed.send(bed.chat(key, chatBody("demo-small", 50)).header("X-Demo-No-Usage", "true"));

        assertThat(reply.statusCode()).isEqualTo(200);
        RequestEvent event = recorded();
        assertThat(event.metering().source()).isIn(UsageSource.COUNTED, UsageSource.ESTIMATED);
        assertThat(event.metering().costNanos()).isPositive();
        charged(event.metering().costNanos());
    }

    @Test
    void aReportAboveTheProvidersOwnLimitIsChargedInFullAndCountedAsOvershoot() {
        bed.send(bed.chat(key, chatBody("demo-small", 5)).header("X-Demo-Input-Tokens", "1000000"));

        RequestEvent event = recorded();
        assertThat(event.metering().costNanos()).isGreaterThanOrEqualTo(150_000_000L);
        assertThat(event.metering().overshootNanos())
                .isEqualTo(event.metering().costNanos()
                        - event.charges().getFirst().heldNanos());
        charged(event.metering().costNanos());
    }

    @Test
    void aLargeReplyPassesWithoutBeingHeldWhole() {
        HttpResponse<String> reply =
                bed.send(bed.request("/proxy/demo/rest/bytes/5000000", key).GET());

        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.body()).hasSize(5_000_000);
    }

    private void refusedByUpstream(int status, String code) {
        HttpResponse<String> reply = bed.send(bed.chat(key, chatBody("demo-small", 50)));
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(status);
        assertThat(reply.body()).contains("\"" + code + "\"").doesNotContain("169.254", "127.0.0.1");
        assertThat(reply.headers().firstValue("X-RateGuard-Error")).contains(code);
    }

    /** The change is known to the proxy once its notification has come: the next request shows it. */
    private void baseUrl(String url) {
        bed.database().execute("UPDATE apis SET base_url = ? WHERE workspace_id = ?", url, workspace.value());
        TestKey fresh = bed.database().key(workspace, "after the change");
        long end = System.nanoTime() + 1_000_000_000L;
        int before = bed.provider().received().count();
        while (System.nanoTime() < end
                && bed.send(bed.request("/proxy/demo/v1/models", fresh).GET()).statusCode() == 200) {
            before = bed.provider().received().count();
        }
        assertThat(bed.provider().received().count()).isEqualTo(before);
    }

    private RequestEvent recorded() {
        List<RequestEvent> events = bed.events().await(all -> all.stream().anyMatch(this::isMineAndMetered));
        return events.stream().filter(this::isMineAndMetered).toList().getLast();
    }

    private boolean isMineAndMetered(RequestEvent event) {
        return event.caller().workspace().equals(workspace)
                && event.call().endpoint().equals("/v1/chat/completions");
    }

    private void charged(long nanos) {
        assertThat(new BudgetView(workspace, budget).onceNothingIsHeld().nanos())
                .isEqualTo(nanos);
    }

    private long remainingTokensNow() {
        HttpResponse<String> free =
                bed.send(bed.request("/proxy/demo/v1/models", key).GET());
        return Long.parseLong(free.headers().firstValue("X-RateLimit-Remaining").orElseThrow());
    }
}
