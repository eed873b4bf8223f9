package io.rateguard.console.apis;

import static io.rateguard.console.fixture.StandInProxy.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.console.fixture.RunningConsole;
import io.rateguard.console.fixture.RunningConsole.Answer;
import io.rateguard.domain.key.Secret;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What a test of a connection asks for, and how it tells what it was answered. */
class ConnectionTestsIT {

    private static final String SECRET = "sk-upstream-secret-1";

    private final RunningConsole console = RunningConsole.get();
    private final String slug = "connection-" + UUID.randomUUID();

    @Test
    void asksThroughTheProxyWithAKeyThatIsRevokedAfterwards() {
        create("anthropic", "https://api.anthropic.com");
        List<String> asked = new CopyOnWriteArrayList<>();
        console.proxy().answer(slug, exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            asked.add(exchange.getRequestHeaders().getFirst("Authorization"));
            asked.add(exchange.getRequestHeaders().getFirst("anthropic-version"));
            with(200, Map.of("X-RateGuard-Request-Id", "req_1", "X-RateGuard-Latency-Ms", "12.3"), "{\"data\":[]}")
                    .answer(exchange);
        });

        JsonNode shown = test().json();

        assertThat(shown.path("verdict").asString()).isEqualTo("connected");
        assertThat(shown.path("message").asString())
                .isEqualTo(slug + " answered 200: it is reached, and accepts the secret.");
        assertThat(shown.path("request").asString()).isEqualTo("GET /v1/models");
        assertThat(shown.path("status").asInt()).isEqualTo(200);
        assertThat(shown.path("latencyMillis").asDouble()).isEqualTo(12.3);
        assertThat(shown.path("requestId").asString()).isEqualTo("req_1");
        assertThat(asked.getFirst()).isEqualTo("GET /proxy/" + slug + "/v1/models");
        assertThat(asked.get(2)).isEqualTo("2023-06-01");
        Secret key = Secret.parse(asked.get(1).substring("Bearer ".length())).orElseThrow();
        assertThat(console.database()
                        .text("SELECT status || ' for ' || lent_for FROM api_keys WHERE prefix = '"
                                + key.displayPrefix() + "'"))
                .isEqualTo("revoked for connection-test");
        assertThat(console.get("keys?limit=500").text()).doesNotContain(key.displayPrefix());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "openai     | 401 | secret-refused | it is reached, and does not accept the secret.",
                "openai     | 403 | secret-refused | it is reached, and does not accept the secret, or not for this.",
                "openai     | 404 | answered       | it is reached, and has nothing there. Is the base URL right?",
                "openai     | 301 | answered       | it is reached, and points elsewhere. The proxy follows no redirects: is the base URL right?",
                "openai     | 429 | troubled       | it is reached, and takes no more requests now.",
                "openai     | 503 | troubled       | it is reached, and has trouble.",
                "generic    | 204 | connected      | it is reached. Whether it accepts the secret, this request does not show.",
                "generic    | 404 | answered       | it is reached."
            })
    void saysWhatTheStatusOfAProviderMeans(String profile, int status, String verdict, String meaning) {
        create(profile, "https://api.example.com");
        console.proxy().answer(slug, with(status, Map.of(), ""));

        JsonNode shown = test().json();

        assertThat(shown.path("verdict").asString()).isEqualTo(verdict);
        assertThat(shown.path("message").asString()).isEqualTo(slug + " answered " + status + ": " + meaning);
        assertThat(shown.path("status").asInt()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "502 | upstream_unreachable | unreachable | has a name that is not known.",
                "402 | budget_exhausted     | refused     | RateGuard did not let the request through: has a name that is not known."
            })
    void tellsWhatRateGuardSaysFromWhatTheProviderSays(int status, String code, String verdict, String message) {
        create("openai", "https://api.example.com");
        console.proxy()
                .answer(
                        slug,
                        with(
                                status,
                                Map.of("X-RateGuard-Error", code),
                                "{\"error\":{\"message\":\"has a name that is not known.\",\"code\":\"" + code
                                        + "\"}}"));

        JsonNode shown = test().json();

        assertThat(shown.path("verdict").asString()).isEqualTo(verdict);
        assertThat(shown.path("message").asString()).isEqualTo(message);
        assertThat(shown.path("status").isNull()).isTrue();
    }

    @Test
    void repeatsAFewWordsOfTheProviderAndNoPartOfASecret() {
        create("openai", "https://api.example.com");
        String body = "{\"error\":{\"message\":\"Incorrect key:\\n " + SECRET + " or sk-up***et. Get one. "
                + "More words. ".repeat(40) + "\"}}";
        console.proxy().answer(slug, with(401, Map.of(), body));

        Answer answer = test();

        assertThat(answer.json().path("excerpt").asString())
                .startsWith("Incorrect key: … or … Get one. More words.")
                .hasSizeLessThan(210);
        assertThat(answer.text()).doesNotContain("sk-up");
    }

    @Test
    void tellsThatTheProxyBrokeOff() {
        create("openai", "https://api.example.com");
        console.proxy().answer(slug, exchange -> exchange.close());

        assertThat(test().json().path("verdict").asString()).isEqualTo("proxy-away");
    }

    @Test
    void isNotThereForAnApiThatIsNot() {
        assertThat(test().status()).isEqualTo(404);
    }

    private void create(String profile, String baseUrl) {
        Answer created = console.post("apis", """
                {"slug":"%s","profile":"%s","baseUrl":"%s","auth":{"secret":"%s"}}""".formatted(slug, profile, baseUrl, SECRET));
        assertThat(created.status()).as(created.text()).isEqualTo(201);
    }

    private Answer test() {
        return console.post("apis/" + slug + "/test", "");
    }
}
