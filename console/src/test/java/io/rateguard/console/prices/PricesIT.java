package io.rateguard.console.prices;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.console.fixture.RunningConsole;
import io.rateguard.console.fixture.RunningConsole.Answer;
import io.rateguard.console.fixture.TestDatabase;
import io.rateguard.domain.key.Secret;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class PricesIT {

    private static final String PATH = "/api/v1/workspaces/acme/prices";

    private final RunningConsole console = RunningConsole.get();
    private final String model = "model-" + UUID.randomUUID();

    @Test
    void keepsAPriceAsItWasGiven() {
        Answer created = console.post("prices", """
                {"model":"%s*","rates":{"input":{"base":"1.25","tiers":[{"above":200000,"rate":"2.5"}]},"output":"10"},
                 "serviceTiers":{"flex":{"input":"0.6"}},"maxOutputTokens":4096}""".formatted(model));

        assertThat(created.status()).as(created.text()).isEqualTo(201);
        JsonNode price = created.json();
        String id = price.path("id").asString();
        assertThat(console.get("prices/" + id).json()).isEqualTo(price);
        assertThat(console.get("prices?limit=500").text()).contains(id);
        assertThat(price.path("api").isNull()).isTrue();
        assertThat(price.path("model").asString()).isEqualTo(model + "*");
        assertThat(price.path("rates").toString())
                .isEqualTo(
                        "{\"input\":{\"base\":\"1.25\",\"tiers\":[{\"above\":200000,\"rate\":\"2.5\"}]},\"output\":\"10\"}");
        assertThat(price.path("serviceTiers").toString()).isEqualTo("{\"flex\":{\"input\":\"0.6\"}}");
        assertThat(price.path("maxOutputTokens").asLong()).isEqualTo(4096);
        assertThat(price.path("priceVersion").asString()).isEqualTo("override/" + id);
    }

    @Test
    void takesOutputThatIsSaidToBeFree() {
        Answer created =
                console.post("prices", "{\"model\":\"" + model + "\",\"rates\":{\"input\":\"2\",\"output\":\"0\"}}");

        assertThat(created.status()).as(created.text()).isEqualTo(201);
    }

    @Test
    void deletesSoftlyAndFreesTheModel() {
        String body = "{\"model\":\"" + model + "\",\"rates\":{\"input\":\"1\",\"output\":\"2\"}}";
        String id = console.post("prices", body).json().path("id").asString();
        assertThat(console.post("prices", body).detail()).isEqualTo("model: a price for this model and API exists");

        assertThat(console.delete("prices/" + id).status()).isEqualTo(204);

        assertThat(console.get("prices/" + id).status()).isEqualTo(404);
        assertThat(console.get("prices?limit=500").text()).doesNotContain(model);
        assertThat(console.post("prices", body).status()).isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"rates\":{\"input\":\"1\",\"output\":\"2\"}|model: missing",
                "\"model\":\"m\"|rates: missing",
                "\"model\":\"m\",\"rates\":{}|rates: {} (expected: a rate for one class or more)",
                "\"model\":\"m\",\"rates\":{\"input\":\"-1\"}|rates.input: \"-1\" (expected: a decimal, 0 or more)",
                "\"model\":\"m\",\"rates\":{\"smell\":\"1\"}|usage class: smell (expected: input, cache_read, output, …)",
                "\"model\":\"m\",\"rates\":{\"input\":\"1\",\"output\":\"2\"},\"serviceTiers\":{\"turbo\":{\"input\":\"1\"}}|service tier: turbo (expected: flex, priority, batch)",
                "\"model\":\"m\",\"rates\":{\"input\":\"1\",\"output\":\"2\"},\"maxOutputTokens\":0|maxOutputTokens: 0 (expected: a whole number above 0)",
                "\"model\":\"m\",\"rates\":{\"input\":\"1\",\"output\":\"2\"},\"serviceTiers\":null|serviceTiers: null (expected: an object)",
                "\"model\":\"m\",\"rates\":{\"input\":\"1\"}|rates.output: missing (expected: a rate, \"0\" where it is free)",
                "\"model\":\"m\",\"rates\":{\"output\":\"1\"}|rates.input: missing (expected: a rate, \"0\" where it is free)",
                "\"model\":\"m\",\"perCall\":\"1\"|call: missing (expected: the calls that perCall, perValue and max hold for)",
                "\"call\":{\"path\":\"/x\"},\"perCall\":\"1\"|api: missing",
                "\"api\":\"a\",\"model\":\"m\",\"call\":{\"path\":\"/x\"},\"perCall\":\"1\"|model: m (expected: none beside call)",
                "\"api\":\"a\",\"rates\":{},\"call\":{\"path\":\"/x\"},\"perCall\":\"1\"|rates, serviceTiers, maxOutputTokens: given (expected: none beside call)",
                "\"api\":\"a\",\"call\":{\"path\":\"/x\"},\"perCall\":0.5|perCall: 0.5 (expected: a decimal in quotes)"
            })
    void namesTheFieldTheValueAndWhatWasExpected(String fields, String detail) {
        Answer answer = console.post("prices", "{" + fields + "}");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.detail()).isEqualTo(detail);
    }

    @Test
    void refusesPartsOfATokenAsTheMaximum() {
        Answer answer = console.post(
                "prices", "{\"model\":\"m\",\"rates\":{\"input\":\"1\",\"output\":\"2\"},\"maxOutputTokens\":1.5}");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.detail()).startsWith("maxOutputTokens: ").endsWith("(expected: a whole number)");
    }

    @Test
    void holdsAThousandPricesAtMost() throws SQLException {
        Secret token = console.database().token("other", "owner");
        String path = "/api/v1/workspaces/other/prices";
        String body = "{\"model\":\"" + model + "\",\"rates\":{\"input\":\"1\",\"output\":\"2\"}}";
        try (Connection owner = console.database().owner()) {
            String ofOther = "workspace_id = (SELECT id FROM workspaces WHERE slug = 'other')";
            TestDatabase.change(owner, "UPDATE prices SET deleted_at = now() WHERE deleted_at IS NULL AND " + ofOther);
            TestDatabase.change(owner, """
                    INSERT INTO prices (workspace_id, model, rates)
                    SELECT id, 'm-' || n, '{"input":"1"}' FROM workspaces, generate_series(1, 1000) AS n
                    WHERE slug = 'other'""");

            Answer refused = console.ask("POST", path, token, body);
            TestDatabase.change(owner, "UPDATE prices SET deleted_at = now() WHERE model = 'm-1' AND " + ofOther);
            Answer created = console.ask("POST", path, token, body);
            TestDatabase.change(owner, "UPDATE prices SET deleted_at = now() WHERE deleted_at IS NULL AND " + ofOther);

            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.detail()).startsWith("prices: 1000 in this workspace (expected: 1000 at most");
            assertThat(created.status()).as(created.text()).isEqualTo(201);
        }
    }

    @Test
    void keepsAPriceOfCallsBesideThoseOfModels() {
        console.post(
                "apis",
                "{\"slug\":\"pay\",\"name\":\"Pay\",\"profile\":\"stripe\",\"baseUrl\":\"https://api.stripe.com\",\"auth\":{\"type\":\"none\"}}");
        String body = """
                {"api":"pay","call":{"method":"POST","path":"/v1/%s/{id}","status":"2xx"},"perCall":"0.3",
                 "perValue":{"pointer":"/amount","rate":"0.00029"},"max":"50"}""".formatted(model);

        Answer created = console.post("prices", body);
        Answer again = console.post("prices", body);

        assertThat(created.status()).as(created.text()).isEqualTo(201);
        String id = created.json().path("id").asString();
        assertThat(created.json().path("call").path("path").asString()).isEqualTo("/v1/" + model + "/{id}");
        assertThat(created.json().path("perCall").asString()).isEqualTo("0.3");
        assertThat(created.json().path("perValue").path("rate").asString()).isEqualTo("0.00029");
        assertThat(created.json().path("max").asString()).isEqualTo("50");
        assertThat(created.json().path("priceVersion").asString()).isEqualTo("override/" + id);
        assertThat(console.get("prices/" + id).json()).isEqualTo(created.json());
        assertThat(console.get("prices?limit=500").text()).contains(id);
        assertThat(again.detail()).isEqualTo("call: a price for this call and API exists");
        assertThat(console.delete("prices/" + id).status()).isEqualTo(204);
    }

    @Test
    void refusesAnApiThatDoesNotExist() {
        Answer answer = console.post(
                "prices",
                "{\"api\":\"nowhere\",\"model\":\"" + model + "\",\"rates\":{\"input\":\"1\",\"output\":\"2\"}}");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.detail()).startsWith("api: nowhere (expected: ");
    }

    @ParameterizedTest
    @CsvSource({"owner,201", "admin,201", "developer,403", "viewer,403", "billing,403"})
    void isForThoseWhoAnswerForTheWorkspace(String role, int expected) throws SQLException {
        Secret token = console.database().token("acme", role);

        assertThat(console.ask("GET", PATH, token, null).status()).isEqualTo(200);
        assertThat(console.ask(
                                "POST",
                                PATH,
                                token,
                                "{\"model\":\"" + model + "\",\"rates\":{\"input\":\"1\",\"output\":\"2\"}}")
                        .status())
                .isEqualTo(expected);
    }
}
