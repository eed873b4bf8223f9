package io.rateguard.proxy;

import static io.rateguard.proxy.testbed.TestBed.chatBody;
import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.demo.ReceivedRequest;
import io.rateguard.domain.event.Decision;
import io.rateguard.domain.event.Outcome;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.usage.UsageClass;
import io.rateguard.domain.usage.UsageSource;
import io.rateguard.proxy.testbed.TestBed;
import io.rateguard.proxy.testbed.TestDatabase.TestKey;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A governed request that is let through: what the upstream gets, what the caller gets, what is recorded. */
class ForwardedRequestIT {

    private static TestBed bed;
    private static TestKey key;

    @BeforeAll
    static void start() {
        bed = TestBed.start();
        bed.database().limit(bed.workspace(), "per key", "{}", "[\"key\"]", """
                {"algorithm":"token-bucket","unit":"requests","capacity":1000,"refill":1000,"periodSeconds":60}""");
        bed.database().budget(bed.workspace(), "month", 5_000_000_000L, "strict");
        key = bed.key();
    }

    @AfterAll
    static void stop() {
        bed.close();
    }

    @Test
    void answersAChatCompletionWithEveryHeaderOfTheContract() {
        HttpResponse<String> reply = bed.send(bed.chat(key, chatBody("demo-small", 10)));

        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        assertThat(reply.body()).contains("\"object\":\"chat.completion\"");
        assertThat(header(reply, "X-RateGuard-Request-Id")).startsWith("req_");
        assertThat(header(reply, "X-RateGuard-Decision")).isEqualTo("allowed");
        assertThat(header(reply, "X-RateLimit-Limit")).isEqualTo("1000");
        assertThat(Long.parseLong(header(reply, "X-RateLimit-Remaining"))).isBetween(900L, 999L);
        assertThat(header(reply, "X-RateLimit-Reset")).isEqualTo("1");
        assertThat(header(reply, "RateLimit-Policy")).isEqualTo("\"per key\";q=1000;w=60");
        assertThat(header(reply, "RateLimit")).startsWith("\"per key\";r=");
        assertThat(header(reply, "X-RateGuard-Budget-Limit-Cents")).isEqualTo("500");
        assertThat(header(reply, "X-RateGuard-Budget-Remaining-Cents")).startsWith("499.");
        assertThat(header(reply, "X-RateGuard-Latency-Ms")).matches("\\d+\\.\\d");
        assertThat(header(reply, "X-RateGuard-Overhead-Ms")).matches("\\d+\\.\\d");
        assertThat(header(reply, "X-RateGuard-Cost-Cents")).matches("0\\.000\\d+");
    }

    @Test
    void recordsWhatTheProviderReportedAtThePriceOfTheHeader() {
        HttpResponse<String> reply = bed.send(bed.chat(key, chatBody("demo-small", 10))
                .header("X-Demo-Input-Tokens", "100")
                .header("X-Demo-Cached-Tokens", "40")
                .header("X-Demo-Output-Tokens", "10")
                .header("X-Demo-Reasoning-Tokens", "4"));

        RequestEvent event = bed.events().of(header(reply, "X-RateGuard-Request-Id"));

        assertThat(event.metering().usage().count(UsageClass.INPUT)).isEqualTo(60);
        assertThat(event.metering().usage().count(UsageClass.CACHE_READ)).isEqualTo(40);
        assertThat(event.metering().usage().count(UsageClass.OUTPUT)).isEqualTo(6);
        assertThat(event.metering().usage().count(UsageClass.REASONING)).isEqualTo(4);
        assertThat(event.metering().source()).isEqualTo(UsageSource.PROVIDER);
        // 60 × 0.15 + 40 × 0.075 + 10 × 0.60 dollars per million
        assertThat(event.metering().costNanos()).isEqualTo(9_000 + 3_000 + 6_000);
        assertThat(header(reply, "X-RateGuard-Cost-Cents")).isEqualTo("0.0018");
        assertThat(event.verdict().decision()).isEqualTo(Decision.ALLOWED);
        assertThat(event.verdict().outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(event.verdict().status()).isEqualTo(200);
        assertThat(event.call().endpoint()).isEqualTo("/v1/chat/completions");
        assertThat(event.call().model()).isEqualTo("demo-small");
        assertThat(event.caller().key()).isEqualTo(key.id());
        assertThat(event.charges()).singleElement().satisfies(charge -> {
            assertThat(charge.chargedNanos()).isEqualTo(18_000);
            assertThat(charge.heldNanos()).isGreaterThanOrEqualTo(18_000);
        });
    }

    @Test
    void injectsTheUpstreamsCredentialAndStripsTheCallersKey() {
        bed.provider().received().clear();

        bed.send(bed.chat(key, chatBody("demo-small", 10)).header("X-RateGuard-Customer", "c1"));

        ReceivedRequest received = bed.provider().received().last();
        assertThat(received.header("authorization")).contains("Bearer " + TestBed.UPSTREAM_SECRET);
        assertThat(received.header("accept-encoding")).contains("identity");
        assertThat(received.headers().keySet()).noneMatch(name -> name.startsWith("x-rateguard"));
        assertThat(received.toString()).doesNotContain("rg_live_");
    }

    @Test
    void passesAStreamChunkByChunkAndBillsItsReport() {
        HttpResponse<String> reply = bed.send(
                bed.chat(key, """
                {"model":"demo-small","stream":true,"max_tokens":10,"messages":[{"role":"user","content":"Hi"}]}""").header("X-Demo-Input-Tokens", "1000").header("X-Demo-Output-Tokens", "10"));

        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.body()).endsWith("data: [DONE]\n\n").doesNotContain("\"choices\":[]");
        RequestEvent event = bed.events().of(header(reply, "X-RateGuard-Request-Id"));
        assertThat(event.call().stream()).isTrue();
        assertThat(event.metering().source()).isEqualTo(UsageSource.PROVIDER);
        assertThat(event.metering().costNanos()).isEqualTo(150_000 + 6_000);
        assertThat(event.verdict().outcome()).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void answersAClientThatOffersHttp2InHttp1() throws Exception {
        try (HttpClient offering = HttpClient.newHttpClient()) {
            HttpResponse<String> reply = offering.send(
                    bed.chat(key, chatBody("demo-small", 10)).build(), HttpResponse.BodyHandlers.ofString());

            assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
            assertThat(bed.provider().received().last().header("upgrade")).isEmpty();
        }
    }

    @Test
    void keepsTheCallersConnectionOpenAfterAStream() {
        HttpResponse<String> reply = bed.send(bed.chat(key, """
                {"model":"demo-small","stream":true,"max_tokens":10,"messages":[{"role":"user","content":"Hi"}]}"""));

        assertThat(header(reply, "Transfer-Encoding")).isEqualTo("chunked");
        assertThat(header(reply, "Connection")).isEmpty();
    }

    @Test
    void speaksAnthropicWithTheKeyInItsOwnHeader() {
        HttpResponse<String> reply = bed.send(HttpRequest.newBuilder(bed.uri("/proxy/anthropic/v1/messages"))
                .header("x-api-key", key.secret())
                .header("anthropic-version", "2023-06-01")
                .header("Content-Type", "application/json")
                .header("X-Demo-Input-Tokens", "100")
                .header("X-Demo-Cache-Write-1h-Tokens", "50")
                .header("X-Demo-Output-Tokens", "20")
                .POST(HttpRequest.BodyPublishers.ofString("""
                        {"model":"claude-sonnet-4-5","max_tokens":20,"messages":[{"role":"user","content":"Hi"}]}""")));

        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        RequestEvent event = bed.events().of(header(reply, "X-RateGuard-Request-Id"));
        // 100 × 3 + 50 × 6 + 20 × 15 dollars per million
        assertThat(event.metering().costNanos()).isEqualTo(300_000 + 300_000 + 300_000);
        assertThat(bed.provider().received().last().header("x-api-key")).contains(TestBed.UPSTREAM_SECRET);
    }

    @Test
    void putsTheVersionSegmentInWhereTheCallerLeftItOut() {
        HttpResponse<String> reply = bed.send(bed.request("/proxy/openai/chat/completions", key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(chatBody("gpt-4o-mini", 10))));

        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        assertThat(bed.provider().received().last().path()).isEqualTo("/v1/chat/completions");
    }

    @Test
    void passesPlainRestThroughAtNoCost() {
        HttpResponse<String> reply =
                bed.send(bed.request("/proxy/demo/rest/echo?a=1&b=%20x", key).GET());

        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.body()).contains("a=1&b=%20x");
        assertThat(header(reply, "X-RateGuard-Cost-Cents")).isEqualTo("0");
        assertThat(bed.events()
                        .of(header(reply, "X-RateGuard-Request-Id"))
                        .metering()
                        .costNanos())
                .isZero();
    }

    private static String header(HttpResponse<?> reply, String name) {
        return reply.headers().firstValue(name).orElse("");
    }
}
