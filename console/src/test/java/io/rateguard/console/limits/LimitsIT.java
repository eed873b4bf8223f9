package io.rateguard.console.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.console.fixture.RunningConsole;
import io.rateguard.console.fixture.RunningConsole.Answer;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class LimitsIT {

    private static final String BUCKET = """
            {"algorithm":"token-bucket","unit":"tokens","capacity":1000,"refill":100,"periodSeconds":60}""";

    private final RunningConsole console = RunningConsole.get();
    private final String name = "limit " + UUID.randomUUID();

    @Test
    void keepsConditionsPartitionAndBucketAsTheyWereGiven() {
        Answer created = console.post("limits", """
                {"name":"%s","match":{"path":"/v1/chat/**","method":"POST","model":"gpt-4o*","tag":{"team":"search"}},
                 "per":["key","tag:team"],"limit":%s,"mode":"enforce","queueMillis":0,"onStoreFailure":"local"}""".formatted(name, BUCKET));

        JsonNode limit =
                console.get("limits/" + created.json().path("id").asString()).json();
        assertThat(created.status()).isEqualTo(201);
        assertThat(limit).isEqualTo(created.json());
        assertThat(limit.path("match").toString())
                .isEqualTo(
                        "{\"path\":\"/v1/chat/**\",\"method\":\"POST\",\"model\":\"gpt-4o*\",\"tag\":{\"team\":\"search\"}}");
        assertThat(limit.path("per").toString()).isEqualTo("[\"key\",\"tag:team\"]");
        assertThat(limit.path("limit").path("capacity").asLong()).isEqualTo(1000);
    }

    @Test
    void deletesSoftlyAndFreesTheName() {
        String body = "{\"name\":\"" + name + "\",\"limit\":" + BUCKET + "}";
        String id = console.post("limits", body).json().path("id").asString();
        assertThat(console.post("limits", body).detail()).isEqualTo("name: a limit with this name exists");

        assertThat(console.delete("limits/" + id).status()).isEqualTo(204);

        assertThat(console.get("limits/" + id).status()).isEqualTo(404);
        assertThat(console.get("limits?limit=500").text()).doesNotContain(name);
        assertThat(console.post("limits", body).status()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"algorithm\":\"sliding-window\",\"unit\":\"requests\",\"max\":100,\"windowSeconds\":60}",
                "{\"algorithm\":\"concurrency\",\"max\":20}"
            })
    void keepsEveryKindOfLimitAsItWasGiven(String limit) {
        Answer created = console.post("limits", "{\"name\":\"" + name + "\",\"limit\":" + limit + "}");

        assertThat(created.status()).isEqualTo(201);
        JsonNode read =
                console.get("limits/" + created.json().path("id").asString()).json();
        assertThat(read.path("limit").toString()).isEqualTo(limit);
    }

    @Test
    void goesByProject() {
        Answer created = console.post(
                "limits",
                "{\"name\":\"" + name + "\",\"match\":{\"project\":\"search\"},\"per\":[\"project\"],\"limit\":"
                        + BUCKET + "}");

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json().path("match").path("project").asString()).isEqualTo("search");
        assertThat(created.json().path("per").toString()).isEqualTo("[\"project\"]");
    }

    @Test
    void keepsItsMode() {
        Answer created =
                console.post("limits", "{\"name\":\"" + name + "\",\"mode\":\"shadow\",\"limit\":" + BUCKET + "}");

        assertThat(created.json().path("mode").asString()).isEqualTo("shadow");
    }

    @Test
    void keepsWhatTokensCount() {
        Answer created = console.post("limits", """
                {"name":"%s","weightsPermille":{"cache_read":100,"output":4000},
                 "limit":{"algorithm":"sliding-window","unit":"weighted-tokens","max":100000,"windowSeconds":3600}}""".formatted(name));

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json().path("weightsPermille").toString()).isEqualTo("{\"cache_read\":100,\"output\":4000}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"match\":{}|limit: missing",
                "\"limit\":{\"algorithm\":\"leaky\"}|limit.algorithm: leaky (expected: token-bucket, sliding-window or concurrency)",
                "\"limit\":{\"algorithm\":\"concurrency\",\"max\":-1}|limit.max: -1 (expected: 0 to 9007199254740991)",
                "\"weightsPermille\":{\"input\":1},\"limit\":@|weightsPermille: (expected: absent, unless limit.unit is weighted-tokens)",
                "\"match\":{\"path\":\"v1\"},\"limit\":@|match.path: v1 (expected: a pattern that starts with /)",
                "\"match\":{\"model\":\"a\\u0000\"},\"limit\":@|match.model: a control character (expected: none)",
                "\"per\":[\"planet\"],\"limit\":@|per: planet (expected: workspace, project, api, key, customer, ip, model or tag:<name>)",
                "\"mode\":\"silent\",\"limit\":@|mode: silent (expected: enforce or shadow)",
                "\"queueMillis\":50,\"limit\":@|queueMillis: not supported yet (expected: 0 or absent)",
                "\"onStoreFailure\":\"retry\",\"limit\":@|onStoreFailure: retry (expected: local, open or closed)",
                "\"match\":{\"key\":\"00000000-0000-7000-8000-000000000000\"},\"limit\":@|match.key: 00000000-0000-7000-8000-000000000000 (expected: the id of a key in this workspace)"
            })
    void namesTheFieldTheValueAndWhatWasExpected(String fields, String detail) {
        Answer answer = console.post("limits", "{\"name\":\"" + name + "\"," + fields.replace("@", BUCKET) + "}");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.detail()).isEqualTo(detail);
    }

    @Test
    void whatIsNotNamedOfALimitStaysAsItWas() {
        JsonNode before = create("""
                "match":{"path":"/v1/**"},"per":["key"],"mode":"shadow","onStoreFailure":"closed",
                "limit":{"algorithm":"sliding-window","unit":"weighted-tokens","max":100,"windowSeconds":60},
                "weightsPermille":{"output":4000}""");

        Answer raised = change(before, "{\"limit\":{\"max\":500},\"name\":\"" + name + " raised\"}");
        JsonNode enforced = change(before, "{\"mode\":\"enforce\",\"match\":{\"model\":\"gpt-*\"}}")
                .json();
        JsonNode usual = change(before, "{\"onStoreFailure\":null}").json();

        ObjectNode expected = (ObjectNode) before.deepCopy();
        expected.put("name", name + " raised");
        ((ObjectNode) expected.path("limit")).put("max", 500);
        assertThat(raised.json()).isEqualTo(expected);
        assertThat(raised.header("ETag")).isEqualTo("\"1\"");
        expected.put("mode", "enforce").set("match", expected.objectNode().put("model", "gpt-*"));
        assertThat(enforced).isEqualTo(expected);
        assertThat(usual).isEqualTo(expected.put("onStoreFailure", "local"));
        assertThat(console.get("limits/" + before.path("id").asString()).json()).isEqualTo(usual);
    }

    @Test
    void aLimitWhoseApiIsGoneCanStillBeChanged() {
        String slug = "gone-" + UUID.randomUUID();
        console.post(
                "apis",
                "{\"slug\":\"" + slug
                        + "\",\"profile\":\"generic\",\"baseUrl\":\"https://api.example\",\"auth\":{\"type\":\"none\"}}");
        JsonNode limit = create("\"match\":{\"api\":\"" + slug + "\"},\"limit\":" + BUCKET);
        console.delete("apis/" + slug);

        assertThat(change(limit, "{\"limit\":{\"refill\":7}}").status()).isEqualTo(200);
        assertThat(change(limit, "{\"match\":{\"api\":\"" + slug + "\",\"method\":\"GET\"}}")
                        .detail())
                .startsWith("match.api: " + slug + " (expected: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]|body: not of the right type (expected: an object)",
                "{\"name\":null}|name: missing",
                "{\"limit\":7}|limit: 7 (expected: an object)",
                "{\"limit\":{\"max\":100}}|limit.max: 100 (expected: no such field, only algorithm, unit, capacity, refill, periodSeconds)",
                "{\"limit\":{\"capacity\":-1}}|limit.capacity: -1 (expected: 0 or more)",
                "{\"limit\":{\"unit\":\"requests\"}}|limit.unit: requests (expected: tokens, as it has counted so far)",
                "{\"per\":[\"customer\"]}|per: [\"customer\"] (expected: [\"key\"], as it has counted so far)",
                "{\"mode\":\"silent\"}|mode: silent (expected: enforce or shadow)",
                "{\"id\":\"x\"}|id: unknown field (expected: limit, match, mode, name, onStoreFailure, per, queueMillis, weightsPermille)"
            })
    void aChangeNamesTheFieldTheValueAndWhatWasExpectedAndChangesNothing(String body, String detail) {
        JsonNode before = create("\"per\":[\"key\"],\"limit\":" + BUCKET);

        Answer refused = change(before, body);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.detail()).isEqualTo(detail);
        assertThat(console.get("limits/" + before.path("id").asString()).json()).isEqualTo(before);
    }

    @Test
    void countsByTheAlgorithmItHasCountedBy() {
        JsonNode limit = create("\"limit\":{\"algorithm\":\"concurrency\",\"max\":2}");

        Answer refused = change(
                limit, "{\"limit\":{\"algorithm\":\"sliding-window\",\"unit\":\"requests\",\"windowSeconds\":60}}");

        assertThat(refused.detail())
                .isEqualTo("limit.algorithm: sliding-window (expected: concurrency, as it has counted so far)");
    }

    @Test
    void takesNoNameThatAnotherLimitHas() {
        create("\"limit\":" + BUCKET);
        JsonNode other = console.post("limits", "{\"name\":\"" + name + " too\",\"limit\":" + BUCKET + "}")
                .json();

        Answer refused = change(other, "{\"name\":\"" + name + "\"}");

        assertThat(refused.detail()).isEqualTo("name: a limit with this name exists");
    }

    private JsonNode create(String fields) {
        Answer created = console.post("limits", "{\"name\":\"" + name + "\"," + fields + "}");
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        return created.json();
    }

    private Answer change(JsonNode limit, String body) {
        return console.ask(
                "PATCH", "/api/v1/workspaces/acme/limits/" + limit.path("id").asString(), console.ownerToken(), body);
    }

    @Test
    void refusesAnApiThatDoesNotExist() {
        Answer answer = console.post(
                "limits", "{\"name\":\"" + name + "\",\"match\":{\"api\":\"nowhere\"},\"limit\":" + BUCKET + "}");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.detail()).startsWith("match.api: nowhere (expected: ");
    }

    @Test
    void refusesAPathThatItsApiWouldNeverLetThrough() {
        String slug = "cerebras-" + UUID.randomUUID().toString().substring(0, 8);
        assertThat(console.post("apis", """
                {"slug":"%s","profile":"cerebras","baseUrl":"https://api.cerebras.ai","auth":{"secret":"s"}}""".formatted(slug)).status()).isEqualTo(201);
        String limit = "{\"name\":\"" + name + "\",\"match\":{\"api\":\"" + slug + "\",\"path\":\"%s\"},\"limit\":"
                + BUCKET + "}";

        Answer missed = console.post("limits", limit.formatted("/chat/completions"));
        Answer met = console.post("limits", limit.formatted("/v1/chat/**"));

        assertThat(missed.status()).isEqualTo(422);
        assertThat(missed.detail())
                .isEqualTo("match.path: /chat/completions (expected: a pattern that matches one of"
                        + " /v1/chat/completions, /v1/completions, /v1/embeddings, /v1/models, /v1/models/**, the paths"
                        + " that API " + slug + " lets through)");
        assertThat(met.status()).isEqualTo(201);
    }
}
