package io.rateguard.console.requests;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.analytics.question.Cursor;
import io.rateguard.analytics.table.ClickHouse;
import io.rateguard.analytics.table.Provenance;
import io.rateguard.analytics.table.RequestRows;
import io.rateguard.console.fixture.RunningConsole;
import io.rateguard.console.fixture.RunningConsole.Answer;
import io.rateguard.console.security.SignedIn;
import io.rateguard.domain.event.Decision;
import io.rateguard.domain.event.Outcome;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.usage.Usage;
import io.rateguard.domain.usage.UsageClass;
import io.rateguard.domain.usage.UsageSource;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RequestsIT {

    private static final Instant START = Instant.parse("2026-10-05T08:00:00Z");
    private static final String RANGE = "from=2026-10-05T08:00:00Z&to=2026-10-05T09:00:00Z";
    private static final ApiKeyId KEY = new ApiKeyId(UUID.randomUUID());
    private static final BudgetId BUDGET = new BudgetId(UUID.randomUUID());

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> HOSTILE = List.of(
            "'; DROP TABLE requests; --",
            "\"double\", comma and \\ back\\\\slash \\n",
            "tab\tline\nreturn\r\nbell\u0007nothing\u0000escape\u001b",
            "{workspace:UUID}",
            "NULL",
            "\\N",
            " ",
            "emoji 🚀👩‍👩‍👧‍👦 and Ωμέγα",
            "\u2028\u2029\uFEFF\u202E\uFFFE\uFFFF",
            "=cmd|' /C calc'!A0",
            "\r=1",
            "</script><b>",
            "%s %d {0} ${x} %2e%2E&a=b#c");

    private static RunningConsole console;
    private static RequestEvent allowed;
    private static RequestEvent refused;
    private static RequestEvent foreign;

    @BeforeAll
    static void recordThreeRequests() throws SQLException {
        console = RunningConsole.get();
        WorkspaceId acme = console.database().workspace("acme");
        allowed = event(acme, START.plusSeconds(10), Decision.ALLOWED, 200);
        refused = event(acme, START.plusSeconds(20), Decision.LIMITED, 429);
        foreign = event(console.database().workspace("other"), START.plusSeconds(30), Decision.ALLOWED, 200);
        record(List.of(allowed, refused, foreign), "requests-it");
    }

    private static void record(List<RequestEvent> events, String token) {
        RequestRows rows = new RequestRows();
        UUID journal = UUID.randomUUID();
        long sequence = 0;
        for (RequestEvent event : events) {
            rows.add(event, new Provenance(0, sequence, journal, sequence++));
        }
        try (ClickHouse history = console.openHistory()) {
            history.insert(rows.block(), token);
        }
    }

    @Test
    void knowsOfALimitThatIsGoneWhetherItCountedCost() throws SQLException {
        String id = console.post("limits", """
                        {"name":"%s","limit":{"algorithm":"sliding-window","unit":"cost","max":1000000000,"windowSeconds":60}}""".formatted(UUID.randomUUID()))
                .json()
                .path("id")
                .asString();
        console.delete("limits/" + id);
        WorkspaceId acme = console.database().workspace("acme");
        RequestEvent.Refusal spent =
                new RequestEvent.Refusal("rate_limited", id, "Dollars", "-", 998_000_000, 1_000_000_000, 0);
        RequestEvent event = by(spent, event(acme, START.plusSeconds(7_200), Decision.LIMITED, 429));
        record(List.of(event), "requests-it-cost");
        Requests requests = console.context().getBean(Requests.class);

        SignedIn.as(console, RunningConsole.EMAIL);
        try {
            assertThat(requests.explained(acme, id(event)).isMoney(spent)).isTrue();
            assertThat(requests.explained(acme, id(refused))
                            .isMoney(refused.verdict().refusal()))
                    .isFalse();
        } finally {
            SignedIn.out();
        }
    }

    @Test
    void listsTheWorkspacesRequestsNewestFirst() {
        JsonNode items = console.get("requests?" + RANGE).json().path("items");

        assertThat(items).hasSize(2);
        assertThat(items.get(0).path("requestId").asString())
                .isEqualTo(refused.requestId().value());
        JsonNode request = items.get(1);
        assertThat(request.path("requestId").asString())
                .isEqualTo(allowed.requestId().value());
        assertThat(request.path("time").asString()).isEqualTo("2026-10-05T08:00:10Z");
        assertThat(request.path("decision").asString()).isEqualTo("allowed");
        assertThat(request.path("key").asString()).isEqualTo(KEY.toString());
        assertThat(request.path("costNanos").asLong()).isEqualTo(1_234_567);
        assertThat(request.path("costUsd").asString()).isEqualTo("0.001234567");
        assertThat(request.path("usage").toString()).isEqualTo("{\"input\":100,\"output\":20}");
        assertThat(request.path("usageSource").asString()).isEqualTo("provider");
        assertThat(request.path("latencyMillis").path("total").asDouble()).isEqualTo(12.5);
        assertThat(request.has("explanation")).isFalse();
    }

    @Test
    void filtersAndPages() {
        assertThat(ids("requests?" + RANGE + "&decision=limited")).containsExactly(id(refused));
        assertThat(ids("requests?" + RANGE + "&status=200&api=demo&model=demo-small&tag.team=search"))
                .containsExactly(id(allowed));
        assertThat(ids("requests?" + RANGE + "&key=" + UUID.randomUUID())).isEmpty();

        JsonNode first = console.get("requests?" + RANGE + "&limit=1").json();
        assertThat(ids("requests?" + RANGE + "&limit=1&cursor="
                        + first.path("next").asString()))
                .containsExactly(id(allowed));
    }

    @Test
    void explainsOneRequest() {
        JsonNode request = console.get("requests/" + id(refused)).json();

        assertThat(request.path("refusal").path("code").asString()).isEqualTo("rate_limited");
        assertThat(request.path("refusal").path("ruleName").asString()).isEqualTo("per key");
        assertThat(request.path("explanation").path("outcome").asString()).isEqualTo("refused");
        JsonNode charge = console.get("requests/" + id(allowed))
                .json()
                .path("explanation")
                .path("charges")
                .get(0);
        assertThat(charge.path("budget").asString()).isEqualTo(BUDGET.toString());
        assertThat(charge.path("chargedNanos").asLong()).isEqualTo(1_234_567);
    }

    @Test
    void doesNotFindTheRequestsOfOthers() {
        assertThat(console.get("requests/" + id(foreign)).status()).isEqualTo(404);
        assertThat(console.get("requests/nonsense").status()).isEqualTo(404);
    }

    /** Both workspaces have requests of a key with the same id, of the same API, model and tag. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "requests?%s&key=%s&api=demo&model=demo-small&tag.team=search",
                "requests?%s&key=%s&cursor=%s",
                "usage?%s&bucket=total&groupBy=key,tag.team&ignored=%s"
            })
    void neitherFiltersNorPlacesNorGroupsReachTheRequestsOfOthers(String question) {
        String path = question.replace("&ignored=%s", "")
                .formatted(RANGE, KEY, new Cursor(START.plusSeconds(25).toEpochMilli(), foreign.requestId()));

        String ours = console.get(path).text()
                + export(path.replaceAll("&cursor=.*", "")).text();

        assertThat(ours).contains(KEY.toString()).doesNotContain(id(foreign));
        if (path.startsWith("usage")) {
            assertThat(onlyItem(path).path("requests").asLong())
                    .as("not those of the other workspace")
                    .isEqualTo(2);
        }
    }

    @Test
    void sumsUsageByTimeAndGroup() {
        JsonNode items = console.get("usage?" + RANGE + "&bucket=hour&groupBy=api,model")
                .json()
                .path("items");

        assertThat(items).hasSize(1);
        JsonNode row = items.get(0);
        assertThat(row.path("time").asString()).isEqualTo("2026-10-05T08:00:00Z");
        assertThat(row.path("api").asString()).isEqualTo("demo");
        assertThat(row.path("model").asString()).isEqualTo("demo-small");
        assertThat(row.has("key")).isFalse();
        assertThat(row.path("requests").asLong()).isEqualTo(2);
        assertThat(row.path("refused").asLong()).isEqualTo(1);
        assertThat(row.path("costNanos").asLong()).isEqualTo(1_234_567);
        assertThat(row.path("tokens").path("input").asLong()).isEqualTo(100);
    }

    @Test
    void tellsTheFiguresThatWereAskedForAlone() {
        String usage = "usage?" + RANGE + "&bucket=total&groupBy=model";
        JsonNode all = onlyItem(usage);
        JsonNode latency = onlyItem(usage + "&figures=latency");
        JsonNode none = onlyItem(usage + "&figures=none");

        assertThat(onlyItem(usage + "&figures=tokens,latency")).isEqualTo(all);
        assertThat(latency.path("latencyMillis")).isEqualTo(all.path("latencyMillis"));
        assertThat(latency.has("tokens")).isFalse();
        assertThat(none.path("costNanos").asLong()).isEqualTo(1_234_567);
        assertThat(none.has("tokens")).isFalse();
        assertThat(none.has("latencyMillis")).isFalse();
        assertThat(export(usage + "&figures=none").text().lines().limit(2))
                .containsExactly(
                        "time,model,requests,refused,errors,cost_nanos,cost_usd",
                        "2026-10-05T08:00:00Z,demo-small,2,1,0,1234567,0.001234567");
        assertThat(export(usage + "&figures=latency").text().lines().findFirst())
                .contains("time,model,requests,refused,errors,cost_nanos,cost_usd,p50_millis,p95_millis,p99_millis");
    }

    @Test
    void sumsUsageByATagOrTheCustomer() {
        JsonNode byTag = onlyItem("usage?" + RANGE + "&bucket=day&groupBy=tag.team,key");
        JsonNode byCustomer = onlyItem("usage?" + RANGE + "&bucket=total&groupBy=customer");

        assertThat(byTag.path("tag.team").asString()).isEqualTo("search");
        assertThat(byTag.path("key").asString()).isEqualTo(KEY.toString());
        assertThat(byTag.path("requests").asLong()).isEqualTo(2);
        assertThat(byTag.path("costNanos").asLong()).isEqualTo(1_234_567);
        assertThat(byTag.has("latencyMillis")).isFalse();
        assertThat(byCustomer.has("customer")).isFalse();
        assertThat(byCustomer.path("requests").asLong()).isEqualTo(2);
        assertThat(console.get("usage?" + RANGE + "&groupBy=tag.other").json().path("items"))
                .isEmpty();
    }

    @Test
    void exportsEveryRequestOfARange() {
        List<String> lines = export("requests?" + RANGE).text().lines().toList();

        assertThat(lines).hasSize(4);
        assertThat(lines.get(0)).startsWith("request_id,time,api,key_id,").contains(",cost_nanos,cost_usd,");
        assertThat(lines.get(1)).startsWith(id(refused) + ",2026-10-05T08:00:20Z,demo," + KEY + ",ci,POST,");
        assertThat(lines.get(2))
                .startsWith(id(allowed))
                .contains(",1234567,0.001234567,2026-11,provider,false,100,")
                .contains(",\"{\"\"team\"\":\"\"search\"\"}\",");
        assertThat(lines.get(3)).startsWith("# end of export,2 records,");
    }

    @Test
    void exportsUsage() {
        Answer answer = export("usage?" + RANGE + "&bucket=hour&groupBy=tag.team,model");
        List<String> lines = answer.text().lines().toList();

        assertThat(answer.header("Content-Type")).isEqualTo("text/csv;charset=utf-8");
        assertThat(answer.header("Content-Disposition")).isEqualTo("attachment; filename=\"acme-usage.csv\"");
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0))
                .startsWith("time,model,tag.team,requests,refused,errors,cost_nanos,cost_usd,usage_input,");
        assertThat(lines.get(1))
                .startsWith("2026-10-05T08:00:00Z,demo-small,search,2,1,0,1234567,0.001234567,100,")
                .endsWith(",,,");
        assertThat(lines.get(2)).startsWith("# end of export,1 records,");
    }

    @Test
    void whatIsHardToQuoteIsExportedAndAskedForAsItIs() throws SQLException {
        String hour = "from=2026-10-06T08:00:00Z&to=2026-10-06T09:00:00Z";
        List<RequestEvent> hostile = new ArrayList<>();
        for (int i = 0; i < HOSTILE.size(); i++) {
            hostile.add(named(
                    HOSTILE.get(i),
                    event(console.database().workspace("acme"), START.plusSeconds(86_400 + i), Decision.ALLOWED, 200)));
        }
        record(hostile, "requests-it-hostile");

        List<List<String>> requests = CsvRecords.of(export("requests?" + hour).text());
        List<List<String>> usage = CsvRecords.of(
                export("usage?" + hour + "&bucket=total&groupBy=customer,model").text());

        assertThat(column(requests, "customer"))
                .containsExactlyElementsOf(defused(HOSTILE).reversed());
        assertThat(column(requests, "key_name"))
                .containsExactlyElementsOf(defused(HOSTILE).reversed());
        assertThat(column(requests, "path"))
                .containsExactlyElementsOf(defused(HOSTILE).reversed());
        assertThat(column(requests, "tags").stream()
                        .map(tags -> JSON.readTree(tags).path("team").asString()))
                .containsExactlyElementsOf(HOSTILE.reversed());
        assertThat(column(usage, "customer")).containsExactlyInAnyOrderElementsOf(defused(HOSTILE));
        assertThat(column(usage, "model")).containsExactlyInAnyOrderElementsOf(defused(HOSTILE));
        for (String text : HOSTILE) {
            String query = "&customer=" + URLEncoder.encode(text, StandardCharsets.UTF_8) + "&tag.team="
                    + URLEncoder.encode(text, StandardCharsets.UTF_8);
            JsonNode found = onlyItem("requests?" + hour + query);
            assertThat(found.path("customer").asString()).isEqualTo(text);
            assertThat(found.path("tags").path("team").asString()).isEqualTo(text);
            assertThat(found.path("path").asString()).isEqualTo(text);
        }
        assertThat(console.get("usage?" + hour + "&bucket=total&groupBy=tag.team")
                        .json()
                        .path("items")
                        .valueStream()
                        .map(row -> row.path("tag.team").asString()))
                .containsExactlyInAnyOrderElementsOf(HOSTILE);
    }

    @Test
    void refusesMoreUsageThanAnybodyReadsAndExportsIt() throws SQLException {
        try (ClickHouse history = console.openHistory()) {
            history.execute("""
                    INSERT INTO usage_by_customer (workspace_id, quarter, customer, requests)
                    SELECT toUUID('%s'), '2026-10-07 08:00:00', toString(number), 1 FROM numbers(%d)
                    """.formatted(console.database().workspace("acme"), Requests.MOST_ROWS + 1));
        }
        String question = "usage?from=2026-10-07T08:00:00Z&to=2026-10-07T08:15:00Z&bucket=total&groupBy=customer";

        Answer refused = console.get(question);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.detail())
                .isEqualTo(
                        "usage: more than 50000 rows (expected: a wider bucket, fewer groups, a shorter range, top, or"
                                + " text/csv, which has no bound)");
        assertThat(console.get(question + "&top=1000").json().path("items")).hasSize(1_000);
        assertThat(export(question).text()).contains("# end of export,50001 records");
    }

    @Test
    void anExportIsRefusedAsAnyReadingIs() {
        Answer nobody = console.send(csv("acme", "requests").build());
        Answer stranger = export("other", "requests?" + RANGE);
        Answer wrong = export("acme", "requests?limit=10");
        Answer ofNoOne = export("acme", "requests?customer=&" + RANGE);

        assertThat(nobody.status()).isEqualTo(401);
        assertThat(stranger.status()).isEqualTo(404);
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.detail())
                .startsWith("limit: unknown parameter (expected: api, customer, decision, from, key,");
        assertThat(ofNoOne.status()).isEqualTo(422);
        assertThat(ofNoOne.detail()).isEqualTo("customer:  (expected: at least one character)");
    }

    private static Answer export(String path) {
        Answer answer = export("acme", path);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer;
    }

    private static Answer export(String workspace, String path) {
        return console.send(csv(workspace, path)
                .header("Authorization", "Bearer " + console.ownerToken().reveal())
                .build());
    }

    private static HttpRequest.Builder csv(String workspace, String path) {
        return HttpRequest.newBuilder(URI.create(console.url() + "/api/v1/workspaces/" + workspace + "/" + path))
                .header("Accept", "text/csv");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "requests?colour=red|colour: unknown parameter (expected: api, cursor, customer, decision, from, key, limit, model, status, to, tag.<name>)",
                "requests?from=yesterday|from: yesterday (expected: a time such as 2026-01-31T12:00:00Z)",
                "requests?from=-1000000000-01-01T00:00:00Z|from: -1000000000-01-01T00:00:00Z (expected: a time from 1970 to 9999)",
                "usage?to=%2B1000000000-01-01T00:00:00Z|to: +1000000000-01-01T00:00:00Z (expected: a time from 1970 to 9999)",
                "requests?limit=1000|limit: 1000 (expected: 1 to 500)",
                "requests?cursor=x|cursor: x (expected: the next of an earlier page)",
                "requests?api=|api:  (expected: at least one character)",
                "requests?model=|model:  (expected: at least one character)",
                "requests?customer=|customer:  (expected: at least one character)",
                "requests?tag.team=|tag.team:  (expected: at least one character)",
                "requests?status=-1|status: -1 (expected: an HTTP status)",
                "requests?decision=maybe|decision: maybe (expected: allowed, limited, over-budget, unauthenticated, forbidden, unpriced, overloaded, invalid)",
                "usage?bucket=year|bucket: year (expected: minute, hour, day, total)",
                "usage?groupBy=colour|groupBy: colour (expected: api, key, endpoint, model, customer, tag.<name>)",
                "usage?groupBy=tag.|groupBy: tag. (expected: api, key, endpoint, model, customer, tag.<name>)",
                "usage?groupBy=tag.team,tag.stage|groupBy: tag.team, tag.stage (expected: one tag or customer, with api, key or model)",
                "usage?groupBy=tag.team,customer|groupBy: customer together with tag.team (expected: one tag or customer, with api, key or model)",
                "usage?groupBy=customer,endpoint|groupBy: endpoint together with customer (expected: one tag or customer, with api, key or model)",
                "usage?groupBy=customer&bucket=minute|bucket: minute together with customer (expected: hour, day, total)",
                "usage?top=5|top: together with bucket hour (expected: bucket total)",
                "usage?bucket=total&top=0|top: 0 (expected: 1 to 1000)",
                "usage?bucket=total&top=1001|top: 1001 (expected: 1 to 1000)",
                "usage?bucket=total&top=few|top: few (expected: 1 to 1000)",
                "usage?figures=cost|figures: cost (expected: tokens, latency, none)",
                "usage?figures=|figures:  (expected: tokens, latency, none)",
                "usage?tag.team=search|tag.team: unknown parameter (expected: bucket, figures, from, groupBy, to, top)",
                "usage?from=2026-10-05T08:00:00Z&to=2026-10-04T08:00:00Z|to: 2026-10-04T08:00:00Z (expected: not before from, 2026-10-05T08:00:00Z)"
            })
    void namesTheParameterTheValueAndWhatWasExpected(String path, String detail) {
        Answer answer = console.get(path);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.detail()).isEqualTo(detail);
    }

    /** The values of one column, without the record that says that it is the last. */
    private static List<String> column(List<List<String>> records, String name) {
        int place = records.getFirst().indexOf(name);
        return records.subList(1, records.size() - 1).stream()
                .map(fields -> fields.get(place))
                .toList();
    }

    /** As spreadsheets get them. */
    private static List<String> defused(List<String> texts) {
        return texts.stream()
                .map(text -> "=+-@\t\r\n".indexOf(text.charAt(0)) < 0 ? text : "'" + text)
                .toList();
    }

    /** The same event, with a text wherever a caller or a provider says what it is. */
    private static RequestEvent named(String text, RequestEvent event) {
        RequestEvent.Call call = event.call();
        return new RequestEvent(
                event.requestId(),
                new RequestEvent.Caller(event.caller().workspace(), KEY, text, text, text, Map.of("team", text)),
                new RequestEvent.Call(
                        null, "demo", "POST", text, text, text, text, false, call.requestBytes(), call.replyBytes(), 1),
                event.times(),
                event.verdict(),
                event.metering(),
                event.charges());
    }

    private static JsonNode onlyItem(String path) {
        JsonNode items = console.get(path).json().path("items");
        assertThat(items).hasSize(1);
        return items.get(0);
    }

    private static List<String> ids(String path) {
        return console.get(path)
                .json()
                .path("items")
                .valueStream()
                .map(item -> item.path("requestId").asString())
                .toList();
    }

    private static String id(RequestEvent event) {
        return event.requestId().value();
    }

    /** The same event, refused by this. */
    private static RequestEvent by(RequestEvent.Refusal refusal, RequestEvent event) {
        RequestEvent.Verdict verdict = event.verdict();
        return new RequestEvent(
                event.requestId(),
                event.caller(),
                event.call(),
                event.times(),
                new RequestEvent.Verdict(verdict.decision(), verdict.status(), verdict.outcome(), refusal, false),
                event.metering(),
                event.charges());
    }

    private static RequestEvent event(WorkspaceId workspace, Instant time, Decision decision, int status) {
        boolean passed = decision == Decision.ALLOWED;
        long millis = time.toEpochMilli();
        return new RequestEvent(
                RequestId.create(millis, RandomGenerator.getDefault()),
                new RequestEvent.Caller(workspace, KEY, "ci", null, null, Map.of("team", "search")),
                new RequestEvent.Call(
                        null,
                        "demo",
                        "POST",
                        "/v1/chat/completions",
                        "/v1/chat/completions",
                        "demo-small",
                        passed ? "demo-small" : null,
                        false,
                        50,
                        passed ? 400 : 0,
                        passed ? 1 : 0),
                new RequestEvent.Times(millis, millis, millis + 12, 12_500, 11_000, 300, 10_000),
                new RequestEvent.Verdict(
                        decision,
                        status,
                        passed ? Outcome.COMPLETED : Outcome.REFUSED,
                        passed
                                ? null
                                : new RequestEvent.Refusal(
                                        "rate_limited", UUID.randomUUID().toString(), "per key", "-", 10, 10, millis),
                        false),
                passed
                        ? new RequestEvent.Metering(
                                Usage.of(Map.of(UsageClass.INPUT, 100L, UsageClass.OUTPUT, 20L)),
                                UsageSource.PROVIDER,
                                1_234_567,
                                "2026-11",
                                false,
                                null,
                                150,
                                0)
                        : RequestEvent.Metering.NOTHING,
                passed
                        ? List.of(new RequestEvent.Charge(BUDGET, "2026-10", millis, millis + 1, 2_000_000, 1_234_567))
                        : List.of());
    }
}
