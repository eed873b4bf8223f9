package io.rateguard.console.corrections;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.analytics.table.AdjustmentRows;
import io.rateguard.analytics.table.ClickHouse;
import io.rateguard.analytics.table.Provenance;
import io.rateguard.console.fixture.Recording;
import io.rateguard.console.fixture.RunningConsole;
import io.rateguard.console.fixture.RunningConsole.Answer;
import io.rateguard.domain.event.Adjustment;
import io.rateguard.domain.event.Decision;
import io.rateguard.domain.event.Outcome;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.key.Secret;
import io.rateguard.domain.usage.UsageSource;
import java.net.URI;
import java.net.http.HttpRequest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class CorrectionsIT {

    private static final Instant AT = Instant.parse("2026-09-05T08:00:00Z");
    private static final String RANGE = "\"from\":\"2026-09-01T00:00:00Z\",\"to\":\"2026-10-01T00:00:00Z\"";
    private static final UUID RERATE = UUID.randomUUID();

    private static RunningConsole console;
    private static RequestEvent reported;
    private static RequestEvent estimated;
    private static RequestEvent interrupted;
    private static RequestEvent call;
    private static RequestEvent refusedCall;
    private static RequestEvent foreign;

    @BeforeAll
    static void recordRequests() throws SQLException {
        console = RunningConsole.get();
        WorkspaceId acme = console.database().workspace("acme");
        reported = Recording.event(acme, AT, UsageSource.PROVIDER, Outcome.COMPLETED);
        estimated = Recording.event(acme, AT, UsageSource.ESTIMATED, Outcome.COMPLETED);
        interrupted = Recording.event(acme, AT, UsageSource.NONE, Outcome.INTERRUPTED);
        foreign = Recording.event(console.database().workspace("other"), AT, UsageSource.ESTIMATED, Outcome.COMPLETED);
        call = Recording.event(acme, AT, null, Decision.ALLOWED, UsageSource.COUNTED, Outcome.COMPLETED);
        refusedCall = Recording.event(acme, AT, null, Decision.LIMITED, UsageSource.NONE, Outcome.REFUSED);
        Recording.keep(console, reported, estimated, interrupted, call, refusedCall, foreign);
        AdjustmentRows adjustments = new AdjustmentRows()
                .add(adjustment(1, "v2", -300), new Provenance(0, 1, RERATE, 1))
                .add(adjustment(2, "v3", 50), new Provenance(0, 2, RERATE, 2));
        try (ClickHouse history = console.openHistory()) {
            history.insert(adjustments.block(), "corrections-it adjustments");
        }
    }

    @Test
    void figuresShowTheCorrectedCostAndTheExplanationHowItCame() {
        JsonNode request = console.get("requests/" + reported.requestId()).json();
        JsonNode explanation = request.path("explanation");

        assertThat(request.path("costNanos").asLong()).isEqualTo(750);
        assertThat(request.path("priceVersion").asString()).isEqualTo("v3");
        assertThat(explanation.path("recordedCostNanos").asLong()).isEqualTo(1_000);
        assertThat(explanation.path("recordedPriceVersion").asString()).isEqualTo("v1");
        assertThat(explanation.path("reportedCostNanos").asLong()).isEqualTo(777);
        assertThat(explanation.path("adjustments")).hasSize(2);
        JsonNode first = explanation.path("adjustments").path(0);
        assertThat(first.path("costNanos").asLong()).isEqualTo(-300);
        assertThat(first.path("rerate").asString()).isEqualTo(RERATE.toString());
        assertThat(first.path("author").asString()).isEqualTo("ada@example.com");
        JsonNode row = console.get("requests?from=2026-09-05T08:00:00Z&to=2026-09-05T08:01:00Z&limit=500")
                .json()
                .path("items")
                .valueStream()
                .filter(item -> item.path("requestId")
                        .asString()
                        .equals(reported.requestId().value()))
                .findFirst()
                .orElseThrow();
        assertThat(row.path("costNanos").asLong()).isEqualTo(750);
        assertThat(console.get("usage?from=2026-09-05T08:00:00Z&to=2026-09-05T08:01:00Z&bucket=total")
                        .json()
                        .path("items")
                        .path(0)
                        .path("costNanos")
                        .asLong())
                .isEqualTo(5 * 1_000 - 250);
    }

    @Test
    void exportsShowTheCorrectedCost() {
        String range = "from=2026-09-05T08:00:00Z&to=2026-09-05T08:01:00Z";

        assertThat(export("requests?" + range).lines())
                .filteredOn(line -> line.startsWith(reported.requestId() + ","))
                .singleElement()
                .asString()
                .contains(",750,0.00000075,v3,");
        assertThat(export("usage?" + range + "&bucket=hour").lines().toList().get(1))
                .contains("," + (5 * 1_000 - 250) + ",0.00000475,");
    }

    private static String export(String path) {
        return console.send(HttpRequest.newBuilder(URI.create(console.url() + "/api/v1/workspaces/acme/" + path))
                        .header("Accept", "text/csv")
                        .header(
                                "Authorization",
                                "Bearer " + console.ownerToken().reveal())
                        .build())
                .text();
    }

    @Test
    void writesDownARerate() {
        Answer created = console.post("rerates", "{" + RANGE + ",\"model\":\"gpt-4o\",\"dryRun\":true}");

        assertThat(created.status()).as(created.text()).isEqualTo(201);
        JsonNode rerate = created.json();
        assertThat(rerate.path("state").asString()).isEqualTo("waiting");
        assertThat(rerate.path("dryRun").asBoolean()).isTrue();
        assertThat(rerate.path("model").asString()).isEqualTo("gpt-4o");
        assertThat(rerate.path("api").isNull()).isTrue();
        assertThat(rerate.path("author").asString()).isEqualTo("management token (owner)");
        String id = rerate.path("id").asString();
        assertThat(console.get("rerates/" + id).json()).isEqualTo(rerate);
        assertThat(console.get("rerates?limit=500").text()).contains(id);
    }

    @Test
    void showsWhatWasFound() throws SQLException {
        String id = console.post("rerates", "{" + RANGE + "}").json().path("id").asString();
        try (Connection owner = console.database().owner();
                var update = owner.createStatement()) {
            update.executeUpdate("""
                    UPDATE corrections SET state = 'done', ended_at = now(), progress = '{"after":"1.x","place":7,"findings":
                    {"requests":7,"corrected":2,"estimated":1,"unpriced":0,"beforeNanos":100,"afterNanos":70,
                     "byModel":{"gpt-4o":{"corrected":2,"beforeNanos":90,"afterNanos":60}}}}'
                    WHERE id = '%s'""".formatted(id));
        }

        JsonNode rerate = console.get("rerates/" + id).json();

        assertThat(rerate.path("state").asString()).isEqualTo("done");
        assertThat(rerate.path("findings").toString())
                .isEqualTo("{\"requests\":7,\"corrected\":2,\"estimated\":1,\"unpriced\":0,\"beforeNanos\":100,"
                        + "\"beforeUsd\":\"0.0000001\",\"afterNanos\":70,\"afterUsd\":\"0.00000007\","
                        + "\"models\":[{\"model\":\"gpt-4o\",\"corrected\":2,\"beforeNanos\":90,\"afterNanos\":60}]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"to\":\"2026-10-01T00:00:00Z\"|from: missing",
                "\"from\":\"2026-10-01T00:00:00Z\"|to: missing",
                "\"from\":\"2026-10-01T00:00:00Z\",\"to\":\"2026-10-01T00:00:00Z\"|to: 2026-10-01T00:00:00Z (expected: after from, 2026-10-01T00:00:00Z)",
                "\"from\":\"1960-10-01T00:00:00Z\",\"to\":\"2026-10-01T00:00:00Z\"|from: 1960-10-01T00:00:00Z (expected: a time from 1970 to 9999)",
            })
    void refusesARangeThatIsNone(String fields, String detail) {
        Answer answer = console.post("rerates", "{" + fields + "}");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.detail()).isEqualTo(detail);
    }

    @Test
    void takesWhatARequestCostThatNoProviderReported() {
        for (RequestEvent event : List.of(estimated, interrupted, call)) {
            Answer answer = console.post(
                    "requests/" + event.requestId() + "/adjust", "{\"costNanos\":5,\"note\":\" as billed \"}");

            assertThat(answer.status()).as(answer.text()).isEqualTo(201);
            assertThat(answer.json().path("costNanos").asLong()).isEqualTo(5);
            assertThat(answer.json().path("note").asString()).isEqualTo("as billed");
            assertThat(answer.json().path("author").asString()).isEqualTo("management token (owner)");
            assertThat(console.get("rerates?limit=500").text())
                    .doesNotContain(answer.json().path("id").asString());
        }
    }

    @Test
    void takesNoOtherCostForWhatTheProviderReportedOrNeverSaw() {
        for (RequestEvent event : List.of(reported, refusedCall)) {
            Answer answer =
                    console.post("requests/" + event.requestId() + "/adjust", "{\"costNanos\":5,\"note\":\"mine\"}");

            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.detail())
                    .endsWith(" (expected: estimated, an interrupted request, or a call without a model; a wrong price"
                            + " is put right by a rerate)")
                    .startsWith(event == reported ? "usageSource: provider" : "usageSource: none");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"note\":\"x\"|costNanos: missing",
                "\"costNanos\":5|note: missing",
                "\"costNanos\":5,\"note\":\" \"|note: 0 characters (expected: 1 to 500, why it is so)",
                "\"costNanos\":-1,\"note\":\"x\"|costNanos: -1 (expected: 0 to 9007199254740991)",
                "\"costNanos\":9007199254740992,\"note\":\"x\"|costNanos: 9007199254740992 (expected: 0 to 9007199254740991)",
            })
    void refusesACostThatIsNone(String fields, String detail) {
        Answer answer = console.post("requests/" + estimated.requestId() + "/adjust", "{" + fields + "}");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.detail()).isEqualTo(detail);
    }

    @Test
    void doesNotFindTheRequestsOfOthers() {
        assertThat(console.post("requests/" + foreign.requestId() + "/adjust", "{\"costNanos\":5,\"note\":\"x\"}")
                        .status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"owner,201", "admin,201", "developer,403", "viewer,403", "billing,403"})
    void letsThoseWhoSetPricesCorrectCosts(String role, int expected) throws SQLException {
        Secret token = console.database().token("acme", role);
        String workspace = "/api/v1/workspaces/acme/";

        assertThat(console.ask("GET", workspace + "rerates", token, null).status())
                .isEqualTo(200);
        assertThat(console.ask("POST", workspace + "rerates", token, "{" + RANGE + "}")
                        .status())
                .isEqualTo(expected);
        assertThat(console.ask(
                                "POST",
                                workspace + "requests/" + estimated.requestId() + "/adjust",
                                token,
                                "{\"costNanos\":5,\"note\":\"x\"}")
                        .status())
                .isEqualTo(expected);
    }

    private static Adjustment adjustment(int number, String price, long nanos) {
        return Adjustment.of(
                reported,
                new UUID(7, number),
                AT.toEpochMilli() + number,
                new Adjustment.Reason(RERATE, "ada@example.com", null),
                nanos,
                price,
                List.of());
    }
}
