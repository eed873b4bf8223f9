package io.rateguard.domain.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rateguard.domain.usage.UsageClass;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LiteLlmPricesTest {

    private final LeftOut leftOut = new LeftOut();

    @Test
    void turnsPricesOfSingleUnitsIntoPricesPerMillion() {
        CataloguedModel model = model("""
                "input_cost_per_token": 2.5e-06, "input_cost_per_token_above_200k_tokens": 5e-06,
                "cache_creation_input_token_cost": 3.75e-06, "cache_creation_input_token_cost_above_1hr": 6e-06,
                "input_cost_per_second": 0.0002833333333333, "max_output_tokens": 64000""");

        assertThat(model.maxOutputTokens()).isEqualTo(OptionalLong.of(64_000));
        assertThat(model.prices())
                .singleElement()
                .satisfies(price -> assertThat(price.rates())
                        .isEqualTo(Map.of(
                                UsageClass.INPUT,
                                new TieredRate(rate("2.5"), List.of(new TieredRate.Tier(200_000, rate("5")))),
                                UsageClass.CACHE_WRITE_5M,
                                flat("3.75"),
                                UsageClass.CACHE_WRITE_1H,
                                flat("6"),
                                UsageClass.SECONDS,
                                flat("283.3333333333"))));
    }

    @Test
    void roundsTheDecimalsOfABinaryFraction() {
        assertThat(model("\"input_cost_per_second\": 0.00028333333333333335")
                        .prices()
                        .getFirst()
                        .rates())
                .containsEntry(UsageClass.SECONDS, flat("283.333333333333"));
    }

    @Test
    void keepsTheRatesOfServiceTiersApart() {
        CataloguedModel model = model("""
                "input_cost_per_token": 2e-06, "input_cost_per_token_flex": 1e-06, "input_cost_per_token_batches": 1e-06,
                "input_cost_per_token_priority": 3e-06, "input_cost_per_token_above_200k_tokens_priority": 6e-06""");

        assertThat(model.prices().getFirst().serviceTiers())
                .isEqualTo(Map.of(
                        ServiceTier.FLEX,
                        Map.of(UsageClass.INPUT, flat("1")),
                        ServiceTier.BATCH,
                        Map.of(UsageClass.INPUT, flat("1")),
                        ServiceTier.PRIORITY,
                        Map.of(
                                UsageClass.INPUT,
                                new TieredRate(rate("3"), List.of(new TieredRate.Tier(200_000, rate("6")))))));
    }

    @Test
    void neverGuessesThatATierStaysCheapInALongContext() {
        CataloguedModel model = model("""
                "input_cost_per_token": 2e-06, "input_cost_per_token_above_200k_tokens": 4e-06,
                "input_cost_per_token_flex": 1e-06""");

        assertThat(model.prices().getFirst().serviceTiers())
                .isEqualTo(Map.of(
                        ServiceTier.FLEX,
                        Map.of(
                                UsageClass.INPUT,
                                new TieredRate(rate("1"), List.of(new TieredRate.Tier(200_000, rate("4")))))));
    }

    @Test
    void leavesOutATierThatIsHalfKnown() {
        CataloguedModel model = model("""
                "input_cost_per_token": 2e-06, "output_cost_per_token": 8e-06,
                "input_cost_per_token_priority": 4e-06, "output_cost_per_token_flex": 4e-06""");

        assertThat(model.prices().getFirst().serviceTiers()).isEmpty();
        assertThat(leftOut.lines())
                .containsExactly("service tier without its rate for input or output: 2 (m flex, m priority)");
    }

    @Test
    void callsProvidersAndModelsAsTheCatalogueDoes() {
        Catalogue catalogue = read("""
                {"gemini/g": {"litellm_provider": "gemini", "input_cost_per_token": 1e-06},
                 "g": {"litellm_provider": "vertex_ai-language-models", "input_cost_per_token": 2e-06},
                 "groq/openai/o": {"litellm_provider": "groq", "input_cost_per_token": 3e-06},
                 "sample_spec": {"litellm_provider": "one of many", "input_cost_per_token": "a number"}}""");

        assertThat(catalogue.providers().keySet()).containsExactly("google", "groq");
        assertThat(catalogue.providers().get("google"))
                .singleElement()
                .satisfies(model ->
                        assertThat(model.prices().getFirst().rates()).isEqualTo(Map.of(UsageClass.INPUT, flat("1"))));
        assertThat(catalogue.providers().get("groq"))
                .extracting(CataloguedModel::id)
                .containsExactly("openai/o");
        assertThat(leftOut.lines()).containsExactly("a name that was given before: 1 (g)");
    }

    @Test
    void takesZeroForEverythingForNotKnown() {
        assertThat(model("\"input_cost_per_token\": 0.0, \"output_cost_per_token\": 0")
                        .prices())
                .isEmpty();
        assertThat(model("\"mode\": \"chat\"").prices()).isEmpty();
        assertThat(model("\"input_cost_per_token_above_200k_tokens\": 1e-06").prices())
                .isEmpty();
        assertThat(model("\"input_cost_per_token\": 1e-06, \"output_cost_per_token\": 0")
                        .prices())
                .singleElement()
                .satisfies(price -> assertThat(price.rates()).containsEntry(UsageClass.OUTPUT, flat("0")));
    }

    @Test
    void pricesSearchesThatCostTheSameHoweverMuchIsSearched() {
        String same = "\"search_context_cost_per_query\": {\"low\": 0.01, \"medium\": 0.01, \"high\": 0.01}";

        assertThat(model("\"input_cost_per_token\": 1e-06, " + same)
                        .prices()
                        .getFirst()
                        .rates())
                .containsEntry(UsageClass.WEB_SEARCHES, flat("10000"));
        assertThat(leftOut.lines()).isEmpty();
        model("\"input_cost_per_token\": 1e-06, \"search_context_cost_per_query\": {\"low\": 0.01, \"high\": 0.02}");
        assertThat(leftOut.lines()).containsExactly("search_context_cost_per_query: 1 (m)");
    }

    @Test
    void leavesOutSearchesThatGoogleCountsByPrompt() {
        String google = "{\"m\": {\"litellm_provider\": \"gemini\", \"input_cost_per_token\": 1e-06, "
                + "\"search_context_cost_per_query\": {\"low\": 0.014}%s}}";

        assertThat(read(google.formatted(""))
                        .providers()
                        .get("google")
                        .getFirst()
                        .prices()
                        .getFirst()
                        .rates())
                .doesNotContainKey(UsageClass.WEB_SEARCHES);
        assertThat(read(google.formatted(", \"web_search_billing_unit\": \"per_query\""))
                        .providers()
                        .get("google")
                        .getFirst()
                        .prices()
                        .getFirst()
                        .rates())
                .containsEntry(UsageClass.WEB_SEARCHES, flat("14000"));
    }

    @Test
    void saysWhichCostsItHasNoWordsFor() {
        model("\"input_cost_per_token\": 1e-06, \"output_cost_per_pixel\": 2, \"supports_vision\": true, "
                + "\"cache_read_input_token_cost_above_200k_tokens\": 1e-06");

        assertThat(leftOut.lines())
                .containsExactly(
                        "output_cost_per_pixel: 1 (m)",
                        "rate for long contexts without one for others: 1 (m cache_read)");
    }

    @Test
    void refusesFiguresThatAreNone() {
        assertRefused(
                "\"input_cost_per_token\": -1e-06",
                "m: input_cost_per_token: -0.000001 (expected: a decimal, 0 or more)");
        assertRefused(
                "\"output_cost_per_token_flex\": \"NaN\"",
                "m: output_cost_per_token_flex: \"NaN\" (expected: a decimal, 0 or more)");
        assertRefused(
                "\"input_cost_per_token\": 1e999999999",
                "m: input_cost_per_token: 1E+999999999 (expected: a decimal, 0 or more)");
        assertRefused("\"max_output_tokens\": 0.5", "m: max_output_tokens: 0.5 (expected: a whole number above 0)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("{\"m\": {}}"))
                .withMessage("m: litellm_provider:  (expected: a text)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("{\"m\\u0007\": {}}"))
                .withMessage("m\u0007: model: a control character (expected: none)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("[]"))
                .withMessage("LiteLLM's prices: [] (expected: an object)");
    }

    @Test
    void readsAFileThatSaysWhereItIsFrom() {
        Catalogue catalogue = read("{\"source\": \"LiteLLM, in July\", \"models\": {}}");

        assertThat(catalogue.sources()).containsExactly("LiteLLM, in July");
        assertThat(catalogue.version()).isEqualTo("v");
    }

    private void assertRefused(String fields, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> model(fields)).withMessage(message);
    }

    private CataloguedModel model(String fields) {
        return read("{\"m\": {\"litellm_provider\": \"openai\", " + fields + "}}")
                .providers()
                .get("openai")
                .getFirst();
    }

    private Catalogue read(String json) {
        return LiteLlmPrices.read(json.getBytes(StandardCharsets.UTF_8), "v", leftOut);
    }

    private static TieredRate flat(String usd) {
        return TieredRate.flat(rate(usd));
    }

    private static Rate rate(String usd) {
        return Rate.ofUsdPerMillion(new BigDecimal(usd));
    }
}
