package io.rateguard.proxy;

import static io.rateguard.proxy.testbed.TestBed.chatBody;
import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.event.Decision;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.key.Secret;
import io.rateguard.proxy.testbed.TestBed;
import io.rateguard.proxy.testbed.TestDatabase.TestKey;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Bad input and what is not allowed: one clear message each, the right status, and nothing forwarded. */
class RefusedRequestIT {

    private static TestBed bed;
    private static TestKey key;

    @BeforeAll
    static void start() {
        bed = TestBed.start();
        bed.database().budget(bed.workspace(), "month", 5_000_000_000L, "strict");
        key = bed.key();
    }

    @AfterAll
    static void stop() {
        bed.close();
    }

    @Test
    void aRequestWithoutAKey() {
        expect(
                HttpRequest.newBuilder(bed.uri("/proxy/demo/v1/models")).GET(),
                401,
                "missing_key",
                "No RateGuard key: send it as Authorization: Bearer rg_live_…");
    }

    @Test
    void aMistypedKey() {
        String typo = key.secret().substring(0, key.secret().length() - 1) + "_";

        expect(withKey(typo), 401, "malformed_key", "expected: rg_live_ or rg_test_ and 38 letters and digits");
    }

    @Test
    void aKeyThatDoesNotExist() {
        Secret nobody = Secret.create(Secret.Kind.LIVE_KEY, new SecureRandom());

        expect(withKey(nobody.reveal()), 401, "unknown_key", "does not exist");
    }

    @Test
    void aKeyThatIsMadeAfterItWasTriedWorksAtOnce() {
        Secret early = Secret.create(Secret.Kind.LIVE_KEY, new SecureRandom());
        expect(withKey(early.reveal()), 401, "unknown_key", "does not exist");

        bed.database().insertKey(bed.workspace(), "early", early);

        eventually(200, withKey(early.reveal()));
    }

    @Test
    void aSuspendedKeyUntilItIsResumed() {
        TestKey resting = bed.key();
        eventually(200, withKey(resting.secret()));

        bed.database().setKeyStatus(resting.id(), "suspended");
        eventually(401, withKey(resting.secret()));
        bed.database().setKeyStatus(resting.id(), "active");
        eventually(200, withKey(resting.secret()));
    }

    @Test
    void anExpiredKey() {
        TestKey old = bed.key();
        bed.database()
                .execute(
                        "UPDATE api_keys SET expires_at = now() - interval '1 second' WHERE id = ?",
                        old.id().value());

        expect(withKey(old.secret()), 401, "key_expired", "has expired");
    }

    @Test
    void anApiThatTheKeyMayNotCall() {
        TestKey narrow = bed.key("openai");

        expect(withKey(narrow.secret()), 403, "api_not_allowed", "may not call the API \\\"demo\\\"");
    }

    @Test
    void anApiThatDoesNotExist() {
        expect(bed.request("/proxy/nowhere/v1/models", key).GET(), 404, "unknown_api", "has no API");
    }

    @Test
    void aPathThatCannotBeMetered() {
        expect(
                bed.request("/proxy/openai/v1/unheard/of", key).POST(HttpRequest.BodyPublishers.ofString("{}")),
                403,
                null,
                "/v1/unheard/of");
    }

    @Test
    void aPathThatClimbsOutOfItsOwn() {
        expect(
                bed.request("/proxy/demo/rest/%2e%2e/v1/chat/completions", key)
                        .POST(HttpRequest.BodyPublishers.ofString("{}")),
                403,
                "invalid_path",
                "expected: valid percent-encoding, done once, no control characters, and no . or .. segments");
    }

    @Test
    void aServiceTierWithoutRatesUnderAStrictBudget() {
        expect(
                bed.chat(key, "{\"model\":\"demo-small\",\"max_tokens\":5,\"service_tier\":\"scale\",\"messages\":[]}"),
                402,
                "cost_unbounded",
                "no rates are known for the service tier \\\"scale\\\"");
    }

    @Test
    void aBodyThatIsNotJson() {
        RequestEvent event = expect(bed.chat(key, "{\"model\": demo"), 400, "invalid_json", "");

        assertThat(event.verdict().decision()).isEqualTo(Decision.INVALID);
        assertThat(event.metering().costNanos()).isZero();
    }

    @Test
    void aMeteredFieldGivenTwice() {
        expect(
                bed.chat(key, "{\"model\":\"demo-small\",\"max_tokens\":1,\"max_tokens\":9,\"messages\":[]}"),
                400,
                null,
                "max_tokens");
    }

    @Test
    void aBodyOverTheCap() {
        expect(bed.chat(key, "\"" + "x".repeat(1 << 20) + "\""), 413, "body_too_large", "1048576 bytes");
    }

    @Test
    void aRequestWhoseCostHasNoBoundUnderAStrictBudget() {
        expect(bed.chat(key, """
                        {"model":"demo-small","max_tokens":5,"messages":[{"role":"user","content":[
                         {"type":"image_url","image_url":{"url":"https://example.com/a.png"}}]}]}"""), 402, "cost_unbounded", "The budget \\\"month\\\" is strict");
    }

    @Test
    void aModelWithoutAPriceUnderAStrictBudget() {
        RequestEvent event =
                expect(bed.chat(key, chatBody("no-such-model", 5)), 402, "model_unpriced", "no-such-model");

        assertThat(event.verdict().decision()).isEqualTo(Decision.UNPRICED);
    }

    @Test
    void aModelWithoutAPriceIsLetThroughAndMarkedWhereNoBudgetIsStrict() {
        WorkspaceId loose = bed.newWorkspace("loose");
        bed.database().api(loose, "demo", "demo", bed.provider().url(), "bearer", TestBed.UPSTREAM_SECRET);
        TestKey looseKey = bed.database().key(loose, "loose");

        HttpResponse<String> reply = bed.send(bed.chat(looseKey, chatBody("no-such-model", 5)));

        assertThat(reply.statusCode()).isEqualTo(200);
        RequestEvent event = bed.events().of(requestId(reply));
        assertThat(event.metering().unpriced()).isTrue();
        assertThat(event.metering().priceVersion()).isNull();
        assertThat(event.metering().usage().outputTokens()).isEqualTo(5);
    }

    @Test
    void anUpgrade() throws Exception {
        java.net.http.WebSocketHandshakeException refused = org.assertj.core.api.Assertions.catchThrowableOfType(
                                        java.util.concurrent.CompletionException.class,
                                        () -> bed.http()
                                                .newWebSocketBuilder()
                                                .header("Authorization", "Bearer " + key.secret())
                                                .buildAsync(
                                                        java.net.URI.create(
                                                                bed.url().replace("http:", "ws:")
                                                                        + "/proxy/demo/rest/echo"),
                                                        new java.net.http.WebSocket.Listener() {})
                                                .join())
                                .getCause()
                        instanceof java.net.http.WebSocketHandshakeException handshake
                ? handshake
                : null;

        assertThat(refused).isNotNull();
        assertThat(refused.getResponse().statusCode()).isEqualTo(501);
    }

    private HttpRequest.Builder withKey(String secret) {
        return HttpRequest.newBuilder(bed.uri("/proxy/demo/v1/models"))
                .header("Authorization", "Bearer " + secret)
                .GET();
    }

    /** Sends, asserts the answer, and returns what was recorded; null where the workspace is not known. */
    private static RequestEvent expect(HttpRequest.Builder request, int status, String code, String message) {
        int before = bed.provider().received().count();

        HttpResponse<String> reply = bed.send(request);

        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(status);
        assertThat(reply.body()).contains(message);
        if (code != null) {
            assertThat(reply.body()).contains("\"" + code + "\"");
        }
        assertThat(reply.body()).doesNotContain("rg_live_0", TestBed.UPSTREAM_SECRET);
        assertThat(bed.provider().received().count()).isEqualTo(before);
        boolean known = status != 401 || "key_expired".equals(code);
        return known ? bed.events().of(requestId(reply)) : null;
    }

    /** A change of policy is there within a second. */
    private static void eventually(int status, HttpRequest.Builder request) {
        long end = System.nanoTime() + 1_000_000_000L;
        HttpResponse<String> reply = bed.send(request);
        while (reply.statusCode() != status && System.nanoTime() < end) {
            reply = bed.send(request);
        }
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(status);
    }

    private static String requestId(HttpResponse<?> reply) {
        return reply.headers().firstValue("X-RateGuard-Request-Id").orElseThrow();
    }
}
