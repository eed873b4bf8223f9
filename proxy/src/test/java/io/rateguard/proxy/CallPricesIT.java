package io.rateguard.proxy;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Prices of calls that no provider reports the use of. */
class CallPricesIT {

    private static final String SHARE = "\"perValue\":{\"pointer\":\"/amount\",\"rate\":\"0.00029\"}";
    private static final String CHARGES = "{\"method\":\"POST\",\"path\":\"/v1/charges\"}";
    private static final String COST = "X-RateGuard-Cost-Cents";

    private static TestBed bed;
    private static RawUpstream upstream;
    private static volatile String next = "";

    @BeforeAll
    static void start() throws IOException {
        bed = TestBed.start();
        upstream = RawUpstream.start(call -> {
            while (call.readRequest()) {
                call.write(next);
            }
        });
    }

    @AfterAll
    static void stop() throws IOException {
        upstream.close();
        bed.close();
    }

    @Test
    void chargesTheFeeAndTheShareOfWhatWasReplied() {
        WorkspaceId workspace = workspace("stripe");
        UUID price = price(workspace, CHARGES, "{\"perCall\":\"0.3\"," + SHARE + "}");

        HttpResponse<String> reply =
                call(workspace, "POST", "/v1/charges", "200 OK", "{\"id\":\"ch_1\",\"amount\":1999}");

        RequestEvent event = event(reply);
        assertThat(reply.body()).isEqualTo("{\"id\":\"ch_1\",\"amount\":1999}");
        assertThat(reply.headers().firstValue(COST)).contains("87.971");
        assertThat(event.metering().costNanos()).isEqualTo(300_000_000 + 579_710_000);
        assertThat(event.metering().priceVersion()).isEqualTo("override/" + price);
        assertThat(event.metering().usage().count(UsageClass.REQUESTS)).isEqualTo(1);
        assertThat(event.metering().usage().count(UsageClass.VALUE_MICROS)).isEqualTo(1_999_000_000);
        assertThat(event.metering().source()).isEqualTo(UsageSource.PROVIDER);
    }

    @Test
    void takesThePriceOfTheStatusAndNoneForErrors() {
        WorkspaceId workspace = workspace("status");
        price(workspace, "{\"path\":\"/v1/{kind}\",\"status\":\"201\"}", "{\"perCall\":\"0.05\"}");
        UUID failed = price(workspace, "{\"path\":\"/v1/**\",\"status\":\"422\"}", "{\"perCall\":\"0.01\"}");

        RequestEvent made = event(call(workspace, "POST", "/v1/things", "201 Created", "{}"));
        HttpResponse<String> refused = call(workspace, "POST", "/v1/things", "422 No", "{}");
        RequestEvent missing = event(call(workspace, "GET", "/v1/things", "404 Not Found", "{}"));
        RequestEvent other = event(call(workspace, "GET", "/v1/things", "200 OK", "{}"));

        assertThat(made.metering().costNanos()).isEqualTo(50_000_000);
        assertThat(made.metering().source()).isEqualTo(UsageSource.COUNTED);
        assertThat(refused.headers().firstValue(COST)).contains("1");
        assertThat(event(refused).metering().priceVersion()).isEqualTo("override/" + failed);
        assertThat(missing.metering().costNanos()).isZero();
        assertThat(other.metering().costNanos()).isZero();
        assertThat(other.metering().priceVersion()).isNull();
    }

    @Test
    void chargesTheHoldAndSaysSoWhereTheValueIsNotReplied() {
        WorkspaceId capped = workspace("capped");
        price(capped, CHARGES, "{" + SHARE + ",\"max\":\"5\"}");
        WorkspaceId open = workspace("open");
        price(open, CHARGES, "{\"perCall\":\"0.3\"," + SHARE + "}");

        for (String body : new String[] {"{}", "{\"amount\":\"12\"}", "{\"amount\":-1}", "no JSON"}) {
            RequestEvent bounded = event(call(capped, "POST", "/v1/charges", "200 OK", body));
            RequestEvent unbounded = event(call(open, "POST", "/v1/charges", "200 OK", body));

            assertThat(bounded.metering().costNanos()).as(body).isEqualTo(5_000_000_000L);
            assertThat(bounded.metering().source()).isEqualTo(UsageSource.ESTIMATED);
            assertThat(bounded.metering().unpriced()).isFalse();
            assertThat(unbounded.metering().costNanos()).isEqualTo(300_000_000);
            assertThat(unbounded.metering().unpriced()).isTrue();
        }
    }

    @Test
    void strictBudgetsLetPassWhatHasABoundAndHoldIt() {
        WorkspaceId open = workspace("unbounded");
        bed.database().budget(open, "strict", 10_000_000_000L, "strict");
        price(open, CHARGES, "{" + SHARE + "}");
        WorkspaceId capped = workspace("bounded");
        bed.database().budget(capped, "strict", 9_000_000_000L, "strict");
        price(capped, CHARGES, "{" + SHARE + ",\"max\":\"5\"}");

        HttpResponse<String> unbounded = call(open, "POST", "/v1/charges", "200 OK", "{}");
        HttpResponse<String> first = call(capped, "POST", "/v1/charges", "200 OK", "{\"amount\":100000000}");
        HttpResponse<String> second = call(capped, "POST", "/v1/charges", "200 OK", "{\"amount\":1}");

        assertThat(unbounded.statusCode()).isEqualTo(402);
        assertThat(unbounded.body()).contains("cost_unbounded", "names no max");
        assertThat(event(first).metering().costNanos()).isEqualTo(5_000_000_000L);
        assertThat(second.statusCode()).isEqualTo(402);
    }

    @Test
    void holdsTheDearestOfThePricesThatCanCome() {
        WorkspaceId workspace = workspace("hidden");
        bed.database().budget(workspace, "strict", 1_000_000_000L, "strict");
        price(workspace, CHARGES, "{\"perCall\":\"0.3\"}");
        price(workspace, "{\"path\":\"/v1/**\"}", "{" + SHARE + ",\"max\":\"5\"}");

        RequestEvent event = event(call(workspace, "POST", "/v1/charges", "200 OK", "{}"));

        assertThat(event.charges().getFirst().heldNanos()).isEqualTo(300_000_000);
    }

    @Test
    void readsTheValueOutOfAReplyOfAnySizeThatPassesAsItIs() {
        WorkspaceId workspace = workspace("large");
        price(workspace, CHARGES, "{" + SHARE + "}");
        String body = "{\"data\":\"" + "x".repeat(3 << 20) + "\",\"amount\":100}";

        HttpResponse<String> reply = call(workspace, "POST", "/v1/charges", "200 OK", body);

        assertThat(reply.body()).isEqualTo(body);
        assertThat(event(reply).metering().costNanos()).isEqualTo(29_000_000);
    }

    @Test
    void asksForTheWholeReplyWhereItsValueIsThePrice() {
        WorkspaceId workspace = workspace("whole");
        price(workspace, CHARGES, "{" + SHARE + "}");
        TestKey key = bed.database().key(workspace, "k");
        next = reply("200 OK", "{\"amount\":100}");
        upstream.heads().clear();

        for (String path : new String[] {"/v1/charges", "/v1/other"}) {
            bed.send(bed.request("/proxy/stripe" + path, key)
                    .header("Range", "bytes=0-1")
                    .header("If-None-Match", "\"1\"")
                    .POST(BodyPublishers.noBody()));
        }

        assertThat(upstream.heads())
                .satisfiesExactly(
                        charged ->
                                assertThat(charged.toLowerCase(Locale.ROOT)).doesNotContain("range:", "if-none-match:"),
                        other -> assertThat(other.toLowerCase(Locale.ROOT)).contains("range:", "if-none-match:"));
    }

    @Test
    void readsTheValueToTheEndThoughTheCallerLeavesAnAbortingApi() throws IOException {
        WorkspaceId workspace = workspace("left");
        price(workspace, CHARGES, "{\"perCall\":\"0.3\"," + SHARE + "}");
        TestKey key = bed.database().key(workspace, "k");
        CountDownLatch left = new CountDownLatch(1);
        try (RawUpstream slow = RawUpstream.start(call -> {
            call.readRequest();
            call.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 15\r\n\r\n{");
            awaited(left);
            call.write("\"amount\":1999}");
        })) {
            bed.database()
                    .execute(
                            "UPDATE apis SET client_gone = 'abort', base_url = ? WHERE workspace_id = ?",
                            slow.url(),
                            workspace.value());
            try (RawCaller caller = new RawCaller(bed.proxy().port())) {
                caller.write("POST /proxy/stripe/v1/charges HTTP/1.1\r\nHost: proxy\r\nContent-Length: 0\r\n"
                        + "Authorization: Bearer " + key.secret() + "\r\n\r\n");
                until(() -> !slow.heads().isEmpty());
            }
            until(() -> metric("rateguard_exchanges_draining") == 1 || metric("rateguard_exchanges_open") == 0);
            left.countDown();

            RequestEvent event = bed.events().await(all -> all.stream().anyMatch(it -> isOf(workspace, it))).stream()
                    .filter(it -> isOf(workspace, it))
                    .findFirst()
                    .orElseThrow();
            assertThat(event.verdict().outcome()).isEqualTo(Outcome.CLIENT_GONE);
            assertThat(event.metering().costNanos()).isEqualTo(300_000_000 + 579_710_000);
            assertThat(event.metering().unpriced()).isFalse();
        }
    }

    private static boolean isOf(WorkspaceId workspace, RequestEvent event) {
        return event.caller().workspace().equals(workspace);
    }

    private static double metric(String name) {
        return ManagementPort.of(bed.proxy(), name);
    }

    private static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private static String reply(String status, String body) {
        return "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body;
    }

    private static HttpResponse<String> call(
            WorkspaceId workspace, String method, String path, String status, String body) {
        next = reply(status, body);
        TestKey key = bed.database().key(workspace, "k");
        return bed.send(bed.request("/proxy/stripe" + path, key).method(method, BodyPublishers.noBody()));
    }

    private static WorkspaceId workspace(String slug) {
        WorkspaceId workspace = bed.newWorkspace(slug);
        bed.database().api(workspace, "stripe", "stripe", upstream.url(), "bearer", TestBed.UPSTREAM_SECRET);
        return workspace;
    }

    private static UUID price(WorkspaceId workspace, String call, String charge) {
        UUID id = UUID.randomUUID();
        bed.database()
                .execute(
                        "INSERT INTO prices (id, workspace_id, api, model, rates, call, charge)"
                                + " VALUES (?, ?, 'stripe', '', '{}', ?::jsonb, ?::jsonb)",
                        id,
                        workspace.value(),
                        call,
                        charge);
        return id;
    }

    private static RequestEvent event(HttpResponse<String> reply) {
        return bed.events()
                .of(reply.headers().firstValue("X-RateGuard-Request-Id").orElseThrow());
    }
}
