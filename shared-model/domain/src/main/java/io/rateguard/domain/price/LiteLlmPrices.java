package io.rateguard.domain.price;

import io.rateguard.domain.price.CataloguedModel.DatedPrice;
import io.rateguard.domain.text.PrintableText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the prices that LiteLLM publishes ({@code model_prices_and_context_window.json}), as it stands or wrapped in
 * {@code {"source": …, "models": …}}. Each entry is a model that answers to its name alone.
 */
final class LiteLlmPrices {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** The entry that explains the others. */
    private static final String EXPLANATION = "sample_spec";

    /** LiteLLM's names of providers that the catalogue calls otherwise; and its names of a provider's parts. */
    private static final Map<String, String> PROVIDERS = Map.ofEntries(
            Map.entry("text-completion-openai", "openai"),
            Map.entry("azure_ai", "azure"),
            Map.entry("bedrock", "aws"),
            Map.entry("bedrock_converse", "aws"),
            Map.entry("cohere_chat", "cohere"),
            Map.entry("fireworks_ai", "fireworks"),
            Map.entry("gemini", "google"),
            Map.entry("vertex_ai-embedding-models", "google"),
            Map.entry("vertex_ai-language-models", "google"),
            Map.entry("moonshot", "moonshotai"),
            Map.entry("together_ai", "together"),
            Map.entry("voyage", "voyageai"),
            Map.entry("xai", "x-ai"),
            Map.entry("zhipu", "zhipuai"));

    private final Map<String, Map<String, CataloguedModel>> providers = new LinkedHashMap<>();
    private final LeftOut leftOut;

    private LiteLlmPrices(LeftOut leftOut) {
        this.leftOut = leftOut;
    }

    /**
     * @param version what to call the prices; the file has no date of its own
     * @param leftOut is told what the file says of costs that the catalogue has no words for
     * @throws IllegalArgumentException when a figure is none, saying where and what was expected
     */
    static Catalogue read(byte[] json, String version, LeftOut leftOut) {
        try {
            JsonNode tree = Fields.object("LiteLLM's prices", JSON.readTree(json));
            LiteLlmPrices prices = new LiteLlmPrices(leftOut);
            Fields.object("models", tree.has("models") ? tree.get("models") : tree)
                    .properties()
                    .forEach(entry -> prices.add(entry.getKey(), entry.getValue()));
            return new Catalogue(version, List.of(tree.path("source").asString("LiteLLM")), prices.models());
        } catch (JacksonException malformed) {
            throw new IllegalArgumentException("LiteLLM's prices: " + malformed.getOriginalMessage(), malformed);
        }
    }

    private void add(String key, JsonNode entry) {
        if (key.equals(EXPLANATION)) {
            return;
        }
        try {
            PrintableText.require("model", key);
            String said = Fields.text(entry, "litellm_provider");
            String name = key.startsWith(said + "/") ? key.substring(said.length() + 1) : key;
            CataloguedModel model = new CataloguedModel(
                    name, new NameRule.Equals(name), maxOutputTokens(entry), prices(key, said, entry));
            if (providers
                            .computeIfAbsent(PROVIDERS.getOrDefault(said, said), provider -> new LinkedHashMap<>())
                            .putIfAbsent(name, model)
                    != null) {
                leftOut.note("a name that was given before", key);
            }
        } catch (IllegalArgumentException | ArithmeticException wrong) {
            throw new IllegalArgumentException(key + ": " + wrong.getMessage(), wrong);
        }
    }

    private List<DatedPrice> prices(String key, String provider, JsonNode entry) {
        LiteLlmRates rates = new LiteLlmRates(key, leftOut);
        entry.properties().forEach(field -> rates.read(field.getKey(), field.getValue()));
        rates.readSearches(entry, PROVIDERS.getOrDefault(provider, provider).equals("google"));
        return rates.price().map(List::of).orElse(List.of());
    }

    private static OptionalLong maxOutputTokens(JsonNode entry) {
        return entry.has("max_output_tokens")
                ? OptionalLong.of(Fields.wholeNumber(entry, "max_output_tokens"))
                : OptionalLong.empty();
    }

    private Map<String, List<CataloguedModel>> models() {
        Map<String, List<CataloguedModel>> models = new LinkedHashMap<>();
        providers.forEach((provider, byName) -> models.put(provider, new ArrayList<>(byName.values())));
        return models;
    }
}
