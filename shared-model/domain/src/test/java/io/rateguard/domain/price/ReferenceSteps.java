package io.rateguard.domain.price;

import io.rateguard.domain.price.ReferencePrices.Entry;
import io.rateguard.domain.price.ReferencePrices.Price;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What LiteLLM's file alone knows of long contexts, added to the published prices: read once more and without a line of
 * the import.
 */
final class ReferenceSteps {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** The providers of which the file knows rates of long contexts. */
    private static final Map<String, String> PROVIDERS = Map.of(
            "anthropic", "anthropic",
            "bedrock", "aws",
            "gemini", "google",
            "openai", "openai",
            "vertex_ai-language-models", "google");

    private static final Map<String, String> FIELDS = Map.of(
            "input_cost_per_token", "input_mtok",
            "output_cost_per_token", "output_mtok",
            "cache_read_input_token_cost", "cache_read_mtok",
            "cache_creation_input_token_cost", "cache_write_mtok",
            "cache_creation_input_token_cost_above_1hr", "cache_write_1h_mtok");

    private static final Pattern LONG = Pattern.compile("(.+)_above_(\\d+)k_tokens");

    private ReferenceSteps() {}

    static void addTo(List<Entry> entries) {
        JsonNode models = models();
        for (boolean byId : new boolean[] {true, false}) {
            models.properties()
                    .forEach(model -> entry(entries, model)
                            .filter(entry -> entry.id.equals(name(model)) == byId)
                            .ifPresent(entry -> entry.prices.forEach(price -> add(price, model.getValue()))));
        }
    }

    private static void add(Price price, JsonNode said) {
        if (!agree(price, said, "input_cost_per_token") || !agree(price, said, "output_cost_per_token")) {
            return;
        }
        FIELDS.forEach((field, known) -> {
            Map<Long, BigDecimal> steps = steps(said, field);
            JsonNode rate = price.rates().path(known);
            if (!steps.isEmpty() && rate.isNumber() && agree(price, said, field)) {
                ObjectNode rising =
                        ((ObjectNode) price.rates()).putObject(known).put("base", rate.decimalValue());
                ArrayNode tiers = rising.putArray("tiers");
                steps.forEach((start, step) ->
                        tiers.addObject().put("start", start).put("price", step.max(rate.decimalValue())));
            }
        });
    }

    private static boolean agree(Price price, JsonNode said, String field) {
        JsonNode rate = price.rates().path(FIELDS.get(field));
        JsonNode base = rate.isObject() ? rate.get("base") : rate;
        return new BigDecimal(base.asString("0")).compareTo(perMillion(said.path(field))) == 0;
    }

    private static Map<Long, BigDecimal> steps(JsonNode said, String field) {
        Map<Long, BigDecimal> steps = new TreeMap<>();
        said.properties().forEach(rate -> {
            Matcher step = LONG.matcher(rate.getKey());
            if (step.matches() && step.group(1).equals(field)) {
                steps.put(Long.parseLong(step.group(2)) * 1_000, perMillion(rate.getValue()));
            }
        });
        return steps;
    }

    private static BigDecimal perMillion(JsonNode perToken) {
        return new BigDecimal(perToken.asString("0")).movePointRight(6);
    }

    private static Optional<Entry> entry(List<Entry> entries, Map.Entry<String, JsonNode> model) {
        String provider =
                PROVIDERS.get(model.getValue().path("litellm_provider").asString(""));
        return entries.stream()
                .filter(entry -> entry.provider.equals(provider))
                .findFirst()
                .flatMap(entry -> entry.owner(name(model)));
    }

    private static String name(Map.Entry<String, JsonNode> model) {
        String prefix = model.getValue().path("litellm_provider").asString("") + "/";
        return model.getKey().startsWith(prefix) ? model.getKey().substring(prefix.length()) : model.getKey();
    }

    private static JsonNode models() {
        try (InputStream in = ReferenceSteps.class.getResourceAsStream("/prices/litellm-sample.json")) {
            return JSON.readTree(in).get("models");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
