package io.rateguard.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.usage.UsageClass;
import io.rateguard.domain.usage.UsageSource;
import io.rateguard.proxy.testbed.RawUpstream;
import io.rateguard.proxy.testbed.TestBed;
import io.rateguard.proxy.testbed.TestDatabase.TestKey;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.UUID;
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
    void readsTheValueOutOfAReplyOfAnySizeThatPassesAsItIs() {
        WorkspaceId workspace = workspace("large");
        price(workspace, CHARGES, "{" + SHARE + "}");
        String body = "{\"data\":\"" + "x".repeat(3 << 20) + "\",\"amount\":100}";

        HttpResponse<String> reply = call(workspace, "POST", "/v1/charges", "200 OK", body);

        assertThat(reply.body()).isEqualTo(body);
        assertThat(event(reply).metering().costNanos()).isEqualTo(29_000_000);
    }

    private static HttpResponse<String> call(
            WorkspaceId workspace, String method, String path, String status, String body) {
        next = "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body;
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
