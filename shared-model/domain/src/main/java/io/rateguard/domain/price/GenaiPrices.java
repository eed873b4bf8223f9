package io.rateguard.domain.price;

import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the prices that pydantic/genai-prices publishes. What is not known to be beside the point ends the reading, so
 * that no figure is passed over.
 */
final class GenaiPrices {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    private static final Set<String> ABOUT_THE_PROVIDER = Set.of("name", "api_pattern", "pricing_urls", "extractors");
    private static final Set<String> ABOUT_THE_MODEL = Set.of("name", "context_window", "price_comments", "deprecated");

    private final LeftOut leftOut;

    private GenaiPrices(LeftOut leftOut) {
        this.leftOut = leftOut;
    }

    /**
     * @param leftOut is told what the file says beside prices and rules
     * @throws IllegalArgumentException when something is not understood, saying where and what
     */
    static Catalogue read(byte[] json, LeftOut leftOut) {
        try {
            return new GenaiPrices(leftOut).catalogue(JSON.readTree(json));
        } catch (JacksonException malformed) {
            throw new IllegalArgumentException("genai-prices: " + malformed.getOriginalMessage(), malformed);
        }
    }

    private Catalogue catalogue(JsonNode tree) {
        expectOnly("genai-prices", tree, Set.of("source", "providers"), Set.of());
        String source = Fields.text(tree, "source");
        Matcher date = DATE.matcher(source);
        if (!date.find()) {
            throw new IllegalArgumentException("source: " + source + " (expected: a date in it)");
        }
        Map<String, List<CataloguedModel>> providers = new LinkedHashMap<>();
        for (JsonNode provider : Fields.list(tree, "providers")) {
            String id = Fields.text(provider, "id");
            expectOnly(id, provider, Set.of("id", "models"), ABOUT_THE_PROVIDER);
            if (providers.put(id, models(id, provider)) != null) {
                throw new IllegalArgumentException("provider: " + id + " twice (expected: once)");
            }
        }
        return new Catalogue(date.group(), List.of(source), providers);
    }

    private List<CataloguedModel> models(String provider, JsonNode node) {
        List<CataloguedModel> models = new ArrayList<>();
        for (JsonNode model : Fields.list(node, "models")) {
            String id = Fields.text(model, "id");
            String name = provider + "/" + id;
            try {
                expectOnly(name, model, Set.of("id", "match", "prices"), ABOUT_THE_MODEL);
                models.add(new CataloguedModel(
                        id,
                        NameRules.read(model.path("match")),
                        OptionalLong.empty(),
                        new GenaiRates(name, leftOut).prices(model.path("prices"))));
            } catch (IllegalArgumentException | ArithmeticException | DateTimeException wrong) {
                throw new IllegalArgumentException(name + ": " + wrong.getMessage(), wrong);
            }
        }
        return models;
    }

    private void expectOnly(String place, JsonNode node, Set<String> read, Set<String> passedOver) {
        Set<String> known = new HashSet<>(read);
        known.addAll(passedOver);
        Fields.only("fields of " + place, node, known);
        node.propertyNames().stream().filter(passedOver::contains).forEach(field -> leftOut.note(field, place));
    }
}
