package io.rateguard.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.demo.ReceivedRequest;
import io.rateguard.domain.event.Outcome;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.usage.UsageClass;
import io.rateguard.domain.usage.UsageSource;
import io.rateguard.proxy.testbed.RawCaller;
import io.rateguard.proxy.testbed.RawUpstream;
import io.rateguard.proxy.testbed.TestBed;
import io.rateguard.proxy.testbed.TestDatabase.TestKey;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Providers whose addresses, keys and streams are unlike OpenAI's. */
class ProvidersIT {

    private static final String ASKED = """
            {"contents":[{"role":"user","parts":[{"text":"Say hello."}]}],"generationConfig":{"maxOutputTokens":20}}""";

    private static TestBed bed;
    private static TestKey key;
    private static int workspaces;

    @BeforeAll
    static void start() {
        bed = TestBed.start();
        WorkspaceId workspace = bed.newWorkspace("providers");
        for (String profile : new String[] {"gemini", "azure-openai"}) {
            bed.database().api(workspace, profile, profile, bed.provider().url(), "header", TestBed.UPSTREAM_SECRET);
        }
        key = bed.database().key(workspace, "providers");
    }

    @AfterAll
    static void stop() {
        bed.close();
    }

    @ParameterizedTest
    @CsvSource({"generateContent, ''", "streamGenerateContent, alt=sse", "streamGenerateContent, ''"})
    void geminiIsMeteredByThePathsModelAndItsReport(String action, String query) {
        HttpResponse<String> answer = bed.send(gemini("gemini-2.5-flash:" + action, query)
                .header("X-Demo-Cached-Tokens", "64")
                .header("X-Demo-Reasoning-Tokens", "5")
                .header("x-goog-api-key", key.secret()));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("MAX_TOKENS");
        RequestEvent event = event(answer);
        assertThat(event.call().model()).isEqualTo("gemini-2.5-flash");
        assertThat(event.call().servedModel()).isEqualTo("gemini-2.5-flash");
        assertThat(event.call().endpoint()).isEqualTo("/v1beta/models/{model}:" + action);
        assertThat(event.call().stream()).isEqualTo(action.startsWith("stream"));
        assertThat(event.verdict().outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(event.metering().source()).isEqualTo(UsageSource.PROVIDER);
        assertThat(event.metering().usage().count(UsageClass.CACHE_READ)).isEqualTo(64);
        assertThat(event.metering().usage().count(UsageClass.REASONING)).isEqualTo(5);
        assertThat(event.metering().usage().outputTokens()).isEqualTo(20);
        assertThat(bed.provider().received().last().header("x-goog-api-key")).contains(TestBed.UPSTREAM_SECRET);
    }

    @Test
    void geminisKeyMayStandInTheQuery() {
        HttpResponse<String> answer = bed.send(gemini("gemini-2.5-flash:countTokens", "key=" + key.secret()));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(event(answer).metering().costNanos()).isZero();
        assertThat(bed.provider().received().last().query()).doesNotContain("rg_");
    }

    @Test
    void aRefusalIsGeminisOwnError() {
        HttpResponse<String> answer = bed.send(gemini("imagen-4:predict", "").header("x-goog-api-key", key.secret()));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body())
                .startsWith("{\"error\":{\"code\":403,")
                .contains("\"status\":\"PERMISSION_DENIED\"")
                .contains("\"reason\":\"endpoint_not_metered\"");
    }

    @Test
    void whoeverIsNotKnownIsToldInTheLanguageOfThePath() {
        HttpResponse<String> answer =
                bed.send(gemini("gemini-2.5-flash:generateContent", "").header("x-goog-api-key", "rg_live_x"));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("\"status\":\"UNAUTHENTICATED\"");
    }

    @Test
    void aStreamThatIsOneArrayPassesPieceByPiece() throws IOException {
        CountDownLatch firstSeen = new CountDownLatch(1);
        try (RawUpstream upstream = RawUpstream.start(call -> {
            call.readRequest();
            call.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n[{\"a\":1}");
            seen(firstSeen);
            call.write(",\r\n{\"candidates\":[{\"finishReason\":\"STOP\"}],"
                    + "\"usageMetadata\":{\"promptTokenCount\":7,\"candidatesTokenCount\":3,\"totalTokenCount\":10}}]");
        })) {
            WorkspaceId workspace = bed.newWorkspace("array");
            bed.database().api(workspace, "gemini", "gemini", upstream.url(), "header", "s");
            TestKey alone = bed.database().key(workspace, "array");
            try (RawCaller caller = new RawCaller(bed.proxy().port())) {
                String head = caller.write("POST /proxy/gemini/v1beta/models/g:streamGenerateContent HTTP/1.1\r\n"
                                + "Host: proxy\r\nConnection: close\r\nx-goog-api-key: " + alone.secret()
                                + "\r\nContent-Length: " + ASKED.length() + "\r\n\r\n" + ASKED)
                        .readHead();
                firstSeen.countDown();
                String rest = caller.readToEnd();

                assertThat(head).contains("200 OK");
                assertThat(rest).contains("[{\"a\":1}").contains("\"finishReason\":\"STOP\"");
                RequestEvent event = bed
                        .events()
                        .await(all -> all.stream()
                                .anyMatch(it -> alone.id().equals(it.caller().key())))
                        .stream()
                        .filter(it -> alone.id().equals(it.caller().key()))
                        .findFirst()
                        .orElseThrow();
                assertThat(event.metering().usage().totalTokens()).isEqualTo(10);
                assertThat(event.verdict().outcome()).isEqualTo(Outcome.COMPLETED);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"2024-02-01, false", "2024-10-21, true"})
    void azureIsAskedForUsageWhereItsVersionTakesTheQuestion(String apiVersion, boolean asked) {
        HttpResponse<String> answer = bed.send(HttpRequest.newBuilder(bed.uri(
                        "/proxy/azure-openai/openai/deployments/gpt-4o/chat/completions?api-version=" + apiVersion))
                .header("api-key", key.secret())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"stream\":true,\"messages\":[]}")));

        RequestEvent event = event(answer);
        assertThat(event.call().model()).isEqualTo("gpt-4o");
        assertThat(event.call().endpoint()).isEqualTo("/openai/deployments/{deployment}/chat/completions");
        ReceivedRequest received = bed.provider().received().last();
        assertThat(received.path()).isEqualTo("/openai/deployments/gpt-4o/chat/completions");
        assertThat(received.query()).isEqualTo("api-version=" + apiVersion);
        assertThat(received.header("api-key")).contains(TestBed.UPSTREAM_SECRET);
        assertThat(received.bodyText().contains("include_usage")).isEqualTo(asked);
    }

    @ParameterizedTest
    @CsvSource({
        "mine, gpt-4o-2024-08-06, 2500, 10000, openai/gpt-4o",
        "gpt-4o, gpt-4o-mini-2024-07-18, 150, 600, openai/gpt-4o-mini",
        "gpt-4o, gpt-4o, 2500, 10000, openai/gpt-4o",
        "priced, gpt-4o-2024-08-06, 1000, 2000, override/",
    })
    void azureIsPricedByTheModelThatServesWhateverTheDeploymentIsCalled(
            String deployment, String served, long inputNanos, long outputNanos, String price) throws IOException {
        String reply = "{\"model\":\"" + served + "\",\"choices\":[],\"usage\":{\"prompt_tokens\":7,"
                + "\"completion_tokens\":3,\"total_tokens\":10}}";
        try (RawUpstream upstream = RawUpstream.answering("HTTP/1.1 200 OK\r\nContent-Type: application/json"
                + "\r\nContent-Length: " + reply.length() + "\r\n\r\n" + reply)) {
            WorkspaceId workspace = bed.newWorkspace("azure-" + ++workspaces);
            bed.database().api(workspace, "azure", "azure-openai", upstream.url(), "none", "");
            bed.database()
                    .execute(
                            "INSERT INTO prices (workspace_id, model, rates) VALUES (?, 'priced', ?::jsonb)",
                            workspace.value(),
                            "{\"input\":\"1\",\"output\":\"2\"}");
            String path = "/proxy/azure/openai/deployments/" + deployment + "/chat/completions?api-version=2024-10-21";

            RequestEvent event = event(bed.send(bed.request(path, bed.database().key(workspace, "azure"))
                    .POST(HttpRequest.BodyPublishers.ofString("{\"messages\":[]}"))));

            assertThat(event.call().model()).isEqualTo(deployment);
            assertThat(event.call().servedModel()).isEqualTo(served);
            assertThat(event.metering().costNanos()).isEqualTo(7 * inputNanos + 3 * outputNanos);
            assertThat(event.metering().priceVersion()).contains(price);
            assertThat(event.metering().unpriced()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, '{\"usage\":{\"prompt_tokens\":-1,'",
        "application/json, '[[[[\"garbage'",
        "text/event-stream, 'data: {\"usage\":[}'",
        "text/plain, 'no JSON at all'",
    })
    void whatAnUpstreamSaysInGarbageIsChargedByEstimate(String contentType, String garbage) throws IOException {
        try (RawUpstream upstream = RawUpstream.answering("HTTP/1.1 200 OK\r\nContent-Type: " + contentType
                + "\r\nContent-Length: " + garbage.length() + "\r\n\r\n" + garbage)) {
            WorkspaceId workspace = bed.newWorkspace("garbage-" + ++workspaces);
            bed.database().api(workspace, "openai", "openai", upstream.url(), "none", "");
            TestKey alone = bed.database().key(workspace, "garbage");

            HttpResponse<String> answer = bed.send(bed.request("/proxy/openai/v1/responses", alone)
                    .POST(HttpRequest.BodyPublishers.ofString(
                            "{\"model\":\"gpt-4o-mini\",\"max_output_tokens\":50,\"input\":\"Hi\"}")));

            assertThat(answer.body()).isEqualTo(garbage);
            RequestEvent event = event(answer);
            assertThat(event.metering().source()).isEqualTo(UsageSource.ESTIMATED);
            assertThat(event.metering().costNanos()).isPositive();
        }
    }

    private static void seen(CountDownLatch first) {
        try {
            if (!first.await(15, TimeUnit.SECONDS)) {
                throw new AssertionError("the first piece was held back");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static HttpRequest.Builder gemini(String call, String query) {
        return HttpRequest.newBuilder(
                        bed.uri("/proxy/gemini/v1beta/models/" + call + (query.isEmpty() ? "" : "?" + query)))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(ASKED));
    }

    private static RequestEvent event(HttpResponse<String> answer) {
        return bed.events()
                .of(answer.headers().firstValue("X-RateGuard-Request-Id").orElseThrow());
    }
}
