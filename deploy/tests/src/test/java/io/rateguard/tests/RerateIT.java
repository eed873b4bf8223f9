package io.rateguard.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A month of a million requests is rerated, by services that are killed meanwhile: budgets, rollups and requests show the
 * corrected sum, and what was recorded is still there. The requests are copies of a real one, put into the ledger by
 * ClickHouse itself, so they went neither through a proxy nor through the intake; its adjusting entries go all the way.
 */
class RerateIT {

    private static final int REQUESTS = 1_000_000;
    private static final int TOGETHER = 100_000;
    private static final long APART_MILLIS = 2_500;
    private static final Duration PREVIEWED = Duration.ofDays(3);

    private static final String INPUT = "(100 + number % 900)";
    private static final String OUTPUT = "(number % 50)";
    private static final String COST = "toInt64(" + INPUT + " * 150 + " + OUTPUT + " * 600)";
    private static final String AT = "fromUnixTimestamp64Milli({now} - number * " + APART_MILLIS + ", 'UTC')";

    /** By the price that the test sets; what was estimated or has no price costs as before. */
    private static final String CORRECTED = "sum(if(usage_source = 'provider' AND model = 'gpt-4o-mini',"
            + " toInt64(usage['input'] * 2000 + usage['output'] * 8000), cost_nanos))";

    private static final String ALL = " FROM requests WHERE api = 'demo'";

    @TempDir
    private Path folder;

    @Test
    void everyFigureShowsWhatAMonthCostsAtAnotherPriceAndNothingRecordedIsLost() throws Exception {
        try (RunningProduct product = RunningProduct.start(folder.resolve("data"))) {
            product.openTheGates();
            Rows rows = new Rows(product);
            String before = budget(product, "before");
            long now = Instant.now().toEpochMilli();
            recordMonth(product, rows, now);
            product.emptyRedis();
            String later = budget(product, "later");
            JsonNode charge =
                    rows.one("SELECT charges[1].3 AS start FROM requests WHERE api = 'demo' AND sequence < 100"
                            + " AND length(charges) = 1 ORDER BY arrived_at DESC LIMIT 1");
            String month = ALL + " AND charged_at >= fromUnixTimestamp64Milli(" + charge.path("start") + ", 'UTC')";
            long recorded = sum(rows, "sum(cost_nanos)" + month);
            awaitSpent(product, before, recorded);
            awaitSpent(product, later, recorded);
            JsonNode originals = originals(rows);

            product.manage("POST", "/prices", """
                    {"model":"gpt-4o-mini","rates":{"input":"2","output":"8"}}""");
            long expected = sum(rows, CORRECTED + ALL);
            long previewed = now - PREVIEWED.toMillis();
            JsonNode preview =
                    awaitDone(product, ask(product, previewed, to(now), true)).path("findings");
            String since = ALL + " AND charged_at >= fromUnixTimestamp64Milli(" + previewed + ", 'UTC')";
            assertThat(preview.path("afterNanos").asLong()).isEqualTo(sum(rows, CORRECTED + since));
            assertThat(preview.path("requests").asLong()).isEqualTo(sum(rows, "count()" + since));
            assertThat(sum(rows, "count() FROM adjustments")).isZero();

            JsonNode findings = awaitDone(product, askAndKill(product, now)).path("findings");

            assertThat(findings.path("afterNanos").asLong()).isEqualTo(expected);
            assertThat(findings.path("requests").asLong()).isEqualTo(REQUESTS + 1);
            assertThat(findings.path("estimated").asLong()).isEqualTo(REQUESTS / 100);
            assertThat(findings.path("unpriced").asLong()).isEqualTo(REQUESTS / 100);
            long corrected = findings.path("corrected").asLong();
            assertThat(sum(rows, "count() FROM adjustments")).isEqualTo(corrected);
            assertThat(sum(rows, "uniqExact(request_id) FROM adjustments")).isEqualTo(corrected);
            assertThat(originals(rows)).isEqualTo(originals);
            assertThat(used(product, now)).isEqualTo(expected);
            long spent = sum(rows, CORRECTED + month);
            awaitSpent(product, before, spent);
            awaitSpent(product, later, spent);
            for (JsonNode request : product.manage("GET", "/requests?model=gpt-4o-mini&limit=100", "")
                    .path("items")) {
                assertThat(request.path("costNanos").asLong()).isEqualTo(cost(request));
            }

            JsonNode again =
                    awaitDone(product, ask(product, from(now), to(now), false)).path("findings");

            assertThat(again.path("corrected").asLong()).isZero();
            assertThat(again.path("beforeNanos").asLong()).isEqualTo(expected);
            assertThat(sum(rows, "count() FROM adjustments")).isEqualTo(corrected);
            awaitSpent(product, before, spent);
            rateACall(product, rows, before, adjustOne(product, before, spent));
        }
    }

    /** A call that no model decides the cost of passed for nothing before there was a price for it. */
    private static void rateACall(RunningProduct product, Rows rows, String budget, long spent) throws Exception {
        long since = Instant.now().minusSeconds(1).toEpochMilli();
        HttpRequest call = HttpRequest.newBuilder(URI.create(product.text("proxyUrl") + "/proxy/demo/rest/bytes/10"))
                .header("Authorization", "Bearer " + product.keys(1).getFirst())
                .build();
        HttpResponse<String> reply = product.http().send(call, HttpResponse.BodyHandlers.ofString());
        String id = reply.headers().firstValue("X-RateGuard-Request-Id").orElseThrow();
        product.await(
                "the call to be recorded",
                Duration.ofSeconds(60),
                () -> sum(rows, "count() FROM requests WHERE request_id = '" + id + "'") == 1);

        product.manage("POST", "/prices", """
                {"api":"demo","call":{"method":"GET","path":"/rest/**"},"perCall":"29.99"}""");
        JsonNode findings =
                awaitDone(product, ask(product, since, to(since), false)).path("findings");

        assertThat(findings.path("corrected").asLong()).isEqualTo(1);
        JsonNode request = product.manage("GET", "/requests/" + id, "");
        assertThat(request.path("costNanos").asLong()).isEqualTo(29_990_000_000L);
        assertThat(request.path("explanation").path("recordedCostNanos").asLong())
                .isZero();
        awaitSpent(product, budget, spent + 29_990_000_000L);
    }

    /** What was estimated may be said by a person; the budget follows. */
    private static long adjustOne(RunningProduct product, String budget, long spent) {
        String request = "req_" + "0".repeat(25) + "7";
        long guess = product.manage("GET", "/requests/" + request, "")
                .path("costNanos")
                .asLong();

        product.manage("POST", "/requests/" + request + "/adjust", "{\"costNanos\":5,\"note\":\"as billed\"}");

        product.await(
                "the request to cost what was said",
                Duration.ofSeconds(60),
                () -> product.manage("GET", "/requests/" + request, "")
                                .path("costNanos")
                                .asLong()
                        == 5);
        JsonNode explanation = product.manage("GET", "/requests/" + request, "").path("explanation");
        assertThat(explanation.path("recordedCostNanos").asLong()).isEqualTo(guess);
        assertThat(explanation.path("adjustments").path(0).path("note").asString())
                .isEqualTo("as billed");
        awaitSpent(product, budget, spent - guess + 5);
        return spent - guess + 5;
    }

    private static String budget(RunningProduct product, String name) {
        return product.manage("POST", "/budgets", """
                        {"name":"%s","scope":{"type":"workspace"},"amountNanos":9000000000000000,"period":"month",
                         "estimate":"elastic"}""".formatted(name))
                .path("id")
                .asString();
    }

    private static void recordMonth(RunningProduct product, Rows rows, long nowMillis) throws Exception {
        HttpRequest call = HttpRequest.newBuilder(
                        URI.create(product.text("proxyUrl") + "/proxy/demo/v1/chat/completions"))
                .header("Authorization", "Bearer " + product.keys(1).getFirst())
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}"))
                .build();
        assertThat(product.http()
                        .send(call, HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
        product.await("the request to copy", Duration.ofSeconds(60), () -> sum(rows, "count()" + ALL) == 1);
        String now = Long.toString(nowMillis);
        for (int from = 0; from < REQUESTS; from += TOGETHER) {
            rows.execute("""
                    INSERT INTO requests SELECT t.* REPLACE(
                        concat('req_', leftPad(hex(number), 26, '0')) AS request_id,
                        AT AS charged_at, AT AS arrived_at, AT AS finished_at,
                        CAST(map('input', INPUT, 'output', OUTPUT), 'Map(LowCardinality(String), UInt64)') AS usage,
                        if(number %% 100 = 7, 'estimated', 'provider') AS usage_source,
                        if(number %% 100 = 8, 'nobody-knows', 'gpt-4o-mini') AS model,
                        COST AS cost_nanos,
                        if({now} - number * APART >= t.charges[1].3,
                            [(t.charges[1].1, t.charges[1].2, t.charges[1].3, t.charges[1].4, 0, COST)],
                            [(t.charges[1].1, '2000-01', 0, 1, 0, COST)]) AS charges,
                        toUUID('00000000-0000-0000-0000-000000000077') AS journal,
                        number + 100 AS sequence)
                    FROM (SELECT * FROM requests WHERE api = 'demo' ORDER BY sequence LIMIT 1) AS t
                    CROSS JOIN numbers(%d, %d) AS n""".formatted(from, TOGETHER)
                    .replace("AT AS", AT + " AS")
                    .replace("COST", COST)
                    .replace("INPUT", INPUT)
                    .replace("OUTPUT", OUTPUT)
                    .replace("APART", Long.toString(APART_MILLIS))
                    .replace("{now}", now));
        }
        assertThat(sum(rows, "count()" + ALL)).isEqualTo(REQUESTS + 1);
    }

    private static String ask(RunningProduct product, long fromMillis, long toMillis, boolean isPreview) {
        return product.manage("POST", "/rerates", """
                        {"from":"%s","to":"%s","api":"demo","dryRun":%s}""".formatted(
                                Instant.ofEpochMilli(fromMillis), Instant.ofEpochMilli(toMillis), isPreview))
                .path("id")
                .asString();
    }

    /** The service that does it dies in the middle, and so does the intake. */
    private static String askAndKill(RunningProduct product, long nowMillis) {
        String rerate = ask(product, from(nowMillis), to(nowMillis), false);
        awaitLookedAt(product, rerate, REQUESTS / 5);
        product.killAndAwaitSuccessor("alerts");
        awaitLookedAt(product, rerate, REQUESTS / 2);
        product.killAndAwaitSuccessor("intake");
        return rerate;
    }

    private static void awaitLookedAt(RunningProduct product, String rerate, long requests) {
        product.await(
                requests + " requests to be looked at",
                Duration.ofSeconds(120),
                () -> product.manage("GET", "/rerates/" + rerate, "")
                                .path("findings")
                                .path("requests")
                                .asLong()
                        >= requests);
    }

    private static JsonNode awaitDone(RunningProduct product, String rerate) {
        product.await(
                "the rerate to be done",
                Duration.ofSeconds(180),
                () -> !product.manage("GET", "/rerates/" + rerate, "")
                        .path("endedAt")
                        .isNull());
        JsonNode done = product.manage("GET", "/rerates/" + rerate, "");
        assertThat(done.path("state").asString()).as(done.toString()).isEqualTo("done");
        return done;
    }

    private static void awaitSpent(RunningProduct product, String budget, long nanos) {
        product.await(
                "budget " + budget + " to have spent " + nanos,
                Duration.ofSeconds(60),
                () -> product.manage("GET", "/budgets/" + budget, "")
                                .path("spentNanos")
                                .asLong()
                        == nanos);
    }

    private static long used(RunningProduct product, long nowMillis) {
        return product.manage(
                        "GET",
                        "/usage?bucket=total&from=" + Instant.ofEpochMilli(from(nowMillis)) + "&to="
                                + Instant.ofEpochMilli(to(nowMillis)),
                        "")
                .path("items")
                .path(0)
                .path("costNanos")
                .asLong();
    }

    private static long cost(JsonNode request) {
        JsonNode usage = request.path("usage");
        return request.path("usageSource").asString().equals("provider")
                ? usage.path("input").asLong() * 2_000 + usage.path("output").asLong(0) * 8_000
                : usage.path("input").asLong() * 150 + usage.path("output").asLong(0) * 600;
    }

    private static JsonNode originals(Rows rows) {
        return rows.one("SELECT count() AS requests, sum(cost_nanos) AS cost,"
                + " sum(cityHash64(request_id, cost_nanos, toString(usage), toString(charges))) AS digest" + ALL);
    }

    private static long sum(Rows rows, String what) {
        return rows.one("SELECT " + what.replaceFirst(" FROM", " AS n FROM"))
                .path("n")
                .asLong();
    }

    private static long from(long nowMillis) {
        return nowMillis - Duration.ofDays(31).toMillis();
    }

    private static long to(long nowMillis) {
        return nowMillis + Duration.ofMinutes(10).toMillis();
    }
}
