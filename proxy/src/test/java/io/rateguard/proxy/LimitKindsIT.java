package io.rateguard.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.counters.BudgetLevel;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.embedded.fixture.Services;
import io.rateguard.proxy.testbed.BudgetView;
import io.rateguard.proxy.testbed.TestBed;
import io.rateguard.proxy.testbed.TestDatabase.TestKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of limit on the wire, and holds and leases that outlive their first life as long as a stream goes on. */
class LimitKindsIT {

    private static final Duration HOLD_LIFE = Duration.ofSeconds(3);

    /** The provider writes the chunks of a long stream this far apart. */
    private static final int CHUNK_MILLIS = 800;

    private static TestBed bed;
    private static int workspaces;

    private WorkspaceId workspace;
    private TestKey key;

    @BeforeAll
    static void start() {
        bed = TestBed.start(
                UnaryOperator.identity(),
                TestBed.counters(Services.redis().access().url(), HOLD_LIFE));
    }

    @AfterAll
    static void stop() {
        bed.close();
    }

    @BeforeEach
    void workspace() {
        workspace = bed.newWorkspace("kinds-" + ++workspaces);
        bed.database().api(workspace, "demo", "demo", bed.provider().url(), "bearer", TestBed.UPSTREAM_SECRET);
    }

    @Test
    void atMostSoManyRequestsAreUnderWayAtOnce() throws IOException {
        limited("{\"algorithm\":\"concurrency\",\"max\":1}");

        try (BufferedReader stream = stream(4, 400)) {
            nextEvent(stream);
            HttpResponse<String> second = chat(10);

            assertThat(second.statusCode()).isEqualTo(429);
            assertThat(second.headers().firstValue("Retry-After")).contains("1");
            assertThat(second.headers().firstValue("X-RateLimit-Limit")).contains("1");
            assertThat(second.headers().firstValue("X-RateLimit-Remaining")).contains("0");
            assertThat(second.body()).contains("1 request at once");
            assertThat(stream.lines()).contains("data: [DONE]");
        }
        settled();
        assertThat(chat(10).statusCode()).isEqualTo(200);
    }

    @Test
    void aSlidingWindowLetsNoMoreThanItsMostPass() {
        limited("{\"algorithm\":\"sliding-window\",\"unit\":\"requests\",\"max\":3,\"windowSeconds\":3600}");

        for (int left = 2; left >= 0; left--) {
            HttpResponse<String> reply = chat(10);
            assertThat(reply.statusCode()).isEqualTo(200);
            assertThat(reply.headers().firstValue("X-RateLimit-Remaining")).contains(Integer.toString(left));
        }
        HttpResponse<String> refused = chat(10);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(Long.parseLong(refused.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(3_500L, 3_600L);
        assertThat(refused.headers().firstValue("RateLimit-Policy").orElseThrow())
                .contains("q=3;w=3600");
    }

    @ParameterizedTest
    @CsvSource({"cost,100,$0.0000001 of cost", "output-tokens,1,1 output token", "output-tokens,9,9 output tokens"})
    void saysWhatALimitIsOfInWords(String unit, long most, String words) {
        limited("{\"algorithm\":\"sliding-window\",\"unit\":\"%s\",\"max\":%d,\"windowSeconds\":3600}"
                .formatted(unit, most));
        // Nothing is larger than an empty window.
        assertThat(chat(10).statusCode()).isEqualTo(200);
        settled();

        assertThat(chat(10).body()).contains("(" + words + ") is reached");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/chat/completions", "//v1//Chat/completions/", "/v1/%63hat/completions"})
    void noSpellingOfAPathGoesPastItsLimit(String path) {
        key = bed.database().key(workspace, "k");
        bed.database()
                .limit(
                        workspace,
                        "never",
                        "{\"path\":\"/v1/Chat/**\"}",
                        "[]",
                        "{\"algorithm\":\"concurrency\",\"max\":0}");

        HttpResponse<String> refused = bed.send(bed.request("/proxy/demo" + path, key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(TestBed.chatBody("demo-small", 10))));

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).contains("never");
    }

    @Test
    void tokensOfASlidingWindowArePutRightWhenTheyAreKnown() {
        limited("{\"algorithm\":\"sliding-window\",\"unit\":\"output-tokens\",\"max\":1000,\"windowSeconds\":3600}");

        HttpResponse<String> first =
                bed.send(bed.chat(key, TestBed.chatBody("demo-small", 900)).header("X-Demo-Output-Tokens", "7"));
        settled();
        HttpResponse<String> second = chat(10);

        assertThat(first.headers().firstValue("X-RateLimit-Remaining")).contains("100");
        assertThat(second.headers().firstValue("X-RateLimit-Remaining")).contains(Integer.toString(1_000 - 7 - 10));
    }

    @Test
    void tokensAndCostAreTakenByWhatRequestsOfTheirKindUsuallyUse() {
        limited("{\"algorithm\":\"sliding-window\",\"unit\":\"output-tokens\",\"max\":2000,\"windowSeconds\":3600}");
        BudgetId budget = bed.database().budget(workspace, "soft", 1_000_000_000, "elastic");

        HttpResponse<String> first = chatOfSeven();
        for (int i = 1; i < 20; i++) {
            settled();
            chatOfSeven();
        }
        settled();
        HttpResponse<String> last = chatOfSeven();

        assertThat(first.headers().firstValue("X-RateLimit-Remaining")).contains("1100");
        assertThat(last.headers().firstValue("X-RateLimit-Remaining")).contains(Integer.toString(2_000 - 20 * 7 - 8));
        assertThat(held(last)).isLessThan(held(first) / 10);
        assertThat(new BudgetView(workspace, budget).onceNothingIsHeld().nanos())
                .isPositive();
    }

    private HttpResponse<String> chatOfSeven() {
        return bed.send(bed.chat(key, TestBed.chatBody("demo-small", 900)).header("X-Demo-Output-Tokens", "7"));
    }

    private static long held(HttpResponse<String> reply) {
        String id = reply.headers().firstValue("X-RateGuard-Request-Id").orElseThrow();
        return bed.events().of(id).charges().getFirst().heldNanos();
    }

    @Test
    void weightedTokensCountAsTheRuleSays() {
        key = bed.database().key(workspace, "k");
        bed.database()
                .execute(
                        "INSERT INTO limits (id, workspace_id, name, match, per, limit_shape, weights_permille)"
                                + " VALUES (?, ?, 'weighted', '{}', '[]', ?::jsonb, ?::jsonb)",
                        UUID.randomUUID(),
                        workspace.value(),
                        "{\"algorithm\":\"sliding-window\",\"unit\":\"weighted-tokens\",\"max\":100000,\"windowSeconds\":3600}",
                        "{\"input\":0,\"output\":5000}");

        chat(10);
        settled();

        HttpResponse<String> second =
                bed.send(bed.chat(key, TestBed.chatBody("demo-small", 1)).header("X-Demo-Output-Tokens", "1"));
        assertThat(second.headers().firstValue("X-RateLimit-Remaining")).contains(Integer.toString(100_000 - 50 - 5));
    }

    @Test
    void aLimitInShadowModeRefusesNothingAndIsNotSeenByTheCaller() {
        limited("{\"algorithm\":\"sliding-window\",\"unit\":\"requests\",\"max\":1,\"windowSeconds\":3600}");
        bed.database().execute("UPDATE limits SET mode = 'shadow' WHERE workspace_id = ?", workspace.value());

        HttpResponse<String> first = chat(10);
        HttpResponse<String> second = chat(10);

        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(second.headers().firstValue("RateLimit")).isEmpty();
        assertThat(shadowed(first)).isEmpty();
        assertThat(shadowed(second)).singleElement().satisfies(refusal -> {
            assertThat(refusal.ruleName()).isEqualTo("kind");
            assertThat(refusal.used()).isEqualTo(1);
            assertThat(refusal.limit()).isEqualTo(1);
            assertThat(refusal.resetAtMillis()).isGreaterThan(System.currentTimeMillis());
        });
    }

    @Test
    void aRequestThatComesAgainIsKnownByItsFingerprintAlsoWhenItIsRefused() {
        limited("{\"algorithm\":\"sliding-window\",\"unit\":\"requests\",\"max\":2,\"windowSeconds\":3600}");

        Long first = fingerprint(chat(5));
        Long other = fingerprint(chat(6));
        HttpResponse<String> refused = chat(5);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(fingerprint(refused)).isEqualTo(first).isNotNull().isNotEqualTo(other);
    }

    private static Long fingerprint(HttpResponse<String> reply) {
        return bed.events()
                .of(reply.headers().firstValue("X-RateGuard-Request-Id").orElseThrow())
                .call()
                .fingerprint();
    }

    @Test
    void aStreamKeepsItsHoldAndItsLeaseBeyondAHoldsLife() throws IOException {
        BudgetId budget = bed.database().budget(workspace, "long", 1_000_000_000, "strict");
        limited("{\"algorithm\":\"concurrency\",\"max\":1}");
        int chunksInTwoLives = (int) (2 * HOLD_LIFE.toMillis() / CHUNK_MILLIS) + 1;

        try (BufferedReader stream = stream(chunksInTwoLives + 2, CHUNK_MILLIS)) {
            for (int i = 0; i <= chunksInTwoLives; i++) {
                nextEvent(stream);
            }
            BudgetLevel level = new BudgetView(workspace, budget).now();

            assertThat(level.held().nanos()).isPositive();
            assertThat(level.spent().nanos()).isZero();
            assertThat(chat(10).statusCode()).isEqualTo(429);
            assertThat(stream.lines()).contains("data: [DONE]");
        }
        assertThat(new BudgetView(workspace, budget).onceNothingIsHeld().nanos())
                .isPositive();
        assertThat(ManagementPort.of(bed.proxy(), "rateguard_renewals")).isGreaterThanOrEqualTo(2);
    }

    private static List<RequestEvent.Refusal> shadowed(HttpResponse<String> reply) {
        String id = reply.headers().firstValue("X-RateGuard-Request-Id").orElseThrow();
        return bed.events().of(id).verdict().shadowed();
    }

    private void limited(String limitJson) {
        key = bed.database().key(workspace, "k");
        bed.database().limit(workspace, "kind", "{}", "[]", limitJson);
    }

    private HttpResponse<String> chat(int outputTokens) {
        return bed.send(bed.chat(key, TestBed.chatBody("demo-small", outputTokens))
                .header("X-Demo-Output-Tokens", Integer.toString(outputTokens)));
    }

    private BufferedReader stream(int chunks, int chunkMillis) throws IOException {
        String body = """
                {"model":"demo-small","max_tokens":10,"stream":true,"messages":[{"role":"user","content":"Hello."}]}""";
        HttpRequest request = bed.chat(key, body)
                .header("X-Demo-Chunks", Integer.toString(chunks))
                .header("X-Demo-Chunk-Delay-Millis", Integer.toString(chunkMillis))
                .build();
        try {
            HttpResponse<InputStream> reply = bed.http().send(request, HttpResponse.BodyHandlers.ofInputStream());
            assertThat(reply.statusCode()).isEqualTo(200);
            return new BufferedReader(new InputStreamReader(reply.body(), StandardCharsets.UTF_8));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static void nextEvent(BufferedReader stream) throws IOException {
        assertThat(stream.readLine()).startsWith("data: {");
        assertThat(stream.readLine()).isEmpty();
    }

    private static void settled() {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (ManagementPort.of(bed.proxy(), "rateguard_exchanges_open") > 0
                || ManagementPort.of(bed.proxy(), "rateguard_settlements_open") > 0) {
            assertThat(System.nanoTime()).as("settlements never end").isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }
}
