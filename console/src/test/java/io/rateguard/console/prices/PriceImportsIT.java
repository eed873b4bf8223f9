package io.rateguard.console.prices;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.console.fixture.RunningConsole;
import io.rateguard.console.fixture.RunningConsole.Answer;
import io.rateguard.domain.key.Secret;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class PriceImportsIT {

    private final RunningConsole console = RunningConsole.get();

    @Test
    void showsWhatAFileWouldChangeAndAppliesItWhenAsked() {
        Answer draft = console.post("prices/imports", liteLlm("3"));
        String id = draft.json().path("id").asString();

        assertThat(draft.status()).as(draft.text()).isEqualTo(201);
        assertThat(draft.json().path("kind").asString()).isEqualTo("litellm");
        assertThat(draft.json().path("version").asString()).endsWith("+" + id);
        assertThat(draft.json().path("appliedAt").isNull()).isTrue();
        assertThat(draft.json().path("counts").path("changed").asInt()).isEqualTo(1);
        JsonNode change = draft.json().path("changes").get(0);
        assertThat(change.path("model").asString()).isEqualTo("gpt-4o");
        assertThat(change.path("rates").get(0).path("usageClass").asString()).isEqualTo("input");
        assertThat(change.path("rates").get(0).path("after").asString()).isEqualTo("3");

        Answer applied = console.post("prices/imports/" + id + "/apply", "");
        Answer again = console.post("prices/imports/" + id + "/apply", "");
        Answer back = console.post("prices/imports/0/restore", "");
        String backId = back.json().path("id").asString();

        assertThat(applied.status()).as(applied.text()).isEqualTo(200);
        assertThat(applied.json().path("appliedBy").asString()).isEqualTo("management token (owner)");
        assertThat(again.status()).isEqualTo(409);
        assertThat(back.json().path("kind").asString()).isEqualTo("shipped");
        assertThat(back.json()
                        .path("changes")
                        .get(0)
                        .path("rates")
                        .get(0)
                        .path("before")
                        .asString())
                .isEqualTo("3");
        assertThat(console.post("prices/imports/" + backId + "/apply", "").status())
                .isEqualTo(200);
        Answer earlier = console.post("prices/imports/" + id + "/restore", "");
        assertThat(earlier.json().path("kind").asString()).isEqualTo("earlier");
        assertThat(earlier.json().path("version").asString())
                .endsWith("+" + earlier.json().path("id").asString());
        assertThat(console.get("prices/imports/" + id).json().path("changes"))
                .isEqualTo(draft.json().path("changes"));
        assertThat(console.get("prices/imports?limit=500").json().path("items").valueStream())
                .extracting(item -> item.path("id").asString())
                .contains(id, backId);
    }

    @Test
    void keepsOneDraftAndRefusesOneThatWasComparedWithWhatHoldsNoMore() {
        String first =
                console.post("prices/imports", liteLlm("4")).json().path("id").asString();
        String second =
                console.post("prices/imports", liteLlm("5")).json().path("id").asString();

        assertThat(console.get("prices/imports/" + first).status()).isEqualTo(404);
        assertThat(console.post("prices/imports/" + first + "/apply", "").status())
                .isEqualTo(404);
        assertThat(console.get("prices/imports/" + second).status()).isEqualTo(200);
        assertThat(console.post("prices/imports/" + second + "/restore", "").detail())
                .isEqualTo("import: " + second + " (expected: one that was applied)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\": | line 1, column",
                "[] | LiteLLM's prices: [] (expected: an object)",
                "{\"gpt\":{\"litellm_provider\":\"openai\",\"input_cost_per_token\":\"x\"}} | gpt: input_cost_per_token: \"x\" (expected: ",
                "{\"version\":\"v\",\"sources\":[],\"providers\":[]} | models: 0 (expected: one or more, and 10000 at most)",
                "{\"version\":\"a/b\",\"sources\":[],\"providers\":[]} | version: a/b (expected: letters",
                "{\"version\":\"v\",\"sources\":[],\"providers\":[{\"id\":\"p\",\"models\":[{\"id\":\"m\",\"match\":{\"regex\":\"(a+)+$\"},\"prices\":[]}]}]} | m: regex: (a+)+$ (expected: equals"
            })
    void refusesABadFileAndNamesWhereItIsWrong(String file, String detail) {
        Answer answer = console.post("prices/imports", file);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.detail()).startsWith(detail);
    }

    @Test
    void tellsInShortWhatIsWrongWithALongFile() {
        Answer answer = console.post("prices/imports", "[" + "1,".repeat(100_000) + "1]");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.detail()).hasSizeLessThan(1_100).endsWith("(expected: an object)");
    }

    @Test
    void takesFilesOfSomeMegabytes() {
        String large = liteLlm("6").replace("{\"gpt", " ".repeat(3 << 20) + "{\"gpt");

        assertThat(console.post("prices/imports", large).status()).isEqualTo(201);
        assertThat(console.post("prices/imports", " ".repeat(9 << 20)).status()).isEqualTo(413);
        assertThat(console.post("prices", " ".repeat(2 << 20)).status()).isEqualTo(413);
    }

    @ParameterizedTest
    @CsvSource({"owner,201", "admin,201", "developer,403", "viewer,403", "billing,403"})
    void isForThoseWhoAnswerForTheWorkspace(String role, int expected) throws SQLException {
        Secret token = console.database().token("acme", role);
        String path = "/api/v1/workspaces/acme/prices/imports";

        assertThat(console.ask("GET", path, token, null).status()).isEqualTo(200);
        assertThat(console.ask("POST", path, token, liteLlm("7")).status()).isEqualTo(expected);
        assertThat(console.ask("POST", path + "/0/restore", token, "").status()).isEqualTo(expected);
        assertThat(console.ask("POST", path + "/999999/apply", token, "").status())
                .isEqualTo(expected == 201 ? 404 : 403);
    }

    private static String liteLlm(String usdPerMillion) {
        return "{\"gpt-4o\":{\"litellm_provider\":\"openai\",\"input_cost_per_token\":" + usdPerMillion
                + "e-6,\"output_cost_per_token\":1e-5}}";
    }
}
