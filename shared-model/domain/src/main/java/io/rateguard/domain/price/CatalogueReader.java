package io.rateguard.domain.price;

import io.rateguard.domain.price.CataloguedModel.DatedPrice;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a price catalogue in the format of {@code prices/README.md}; rates are decimals, never binary fractions. */
final class CatalogueReader {

    private static final JsonMapper JSON = JsonMapper.shared();

    private CatalogueReader() {}

    /** Reads one that ships with RateGuard. */
    static Catalogue load(String resource) {
        try (InputStream json = CatalogueReader.class.getResourceAsStream(resource)) {
            if (json == null) {
                throw new IllegalStateException(resource + ": missing from the class path");
            }
            return read(json.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(resource, unreadable);
        }
    }

    /** @throws IllegalArgumentException when this is no catalogue, saying where it is wrong */
    static Catalogue read(byte[] json) {
        try {
            JsonNode tree = JSON.readTree(json);
            List<String> sources = sources(tree);
            Map<String, List<CataloguedModel>> providers = new LinkedHashMap<>();
            for (JsonNode provider : Fields.list(tree, "providers")) {
                String id = Fields.text(provider, "id");
                if (providers.put(id, models(id, provider, sources)) != null) {
                    throw new IllegalArgumentException("provider: " + id + " twice (expected: once)");
                }
            }
            return new Catalogue(Fields.text(tree, "version"), sources, providers);
        } catch (JacksonException malformed) {
            throw new IllegalArgumentException("price catalogue: " + malformed.getOriginalMessage(), malformed);
        }
    }

    private static List<String> sources(JsonNode tree) {
        return Fields.list(tree, "sources")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }

    private static List<CataloguedModel> models(String provider, JsonNode node, List<String> sources) {
        List<CataloguedModel> models = new ArrayList<>();
        for (JsonNode model : Fields.list(node, "models")) {
            String id = Fields.text(model, "id");
            try {
                models.add(new CataloguedModel(
                        id, NameRules.read(model.path("match")), maxOutputTokens(model), prices(model, sources)));
            } catch (IllegalArgumentException | ArithmeticException | DateTimeException wrong) {
                throw new IllegalArgumentException(provider + "/" + id + ": " + wrong.getMessage(), wrong);
            }
        }
        return models;
    }

    private static OptionalLong maxOutputTokens(JsonNode model) {
        return model.has("maxOutputTokens")
                ? OptionalLong.of(Fields.wholeNumber(model, "maxOutputTokens"))
                : OptionalLong.empty();
    }

    private static List<DatedPrice> prices(JsonNode model, List<String> sources) {
        return Fields.list(model, "prices")
                .valueStream()
                .map(price -> new DatedPrice(
                        price.has("from") ? LocalDate.parse(Fields.text(price, "from")) : null,
                        daily(price.path("daily")),
                        PriceShapes.rates("rates", price.path("rates")),
                        PriceShapes.serviceTiers("serviceTiers", price.path("serviceTiers")),
                        price.has("sources") ? named(price, sources) : List.of()))
                .toList();
    }

    /** Those of the catalogue's sources that a price names by their numbers, from 1 on. */
    private static List<String> named(JsonNode price, List<String> sources) {
        return Fields.list(price, "sources")
                .valueStream()
                .map(number -> {
                    if (!number.isInt() || number.intValue() < 1 || number.intValue() > sources.size()) {
                        throw new IllegalArgumentException(
                                "sources: " + number + " (expected: numbers from 1 to " + sources.size() + ")");
                    }
                    return sources.get(number.intValue() - 1);
                })
                .toList();
    }

    private static @Nullable DailyWindow daily(JsonNode node) {
        return node.isMissingNode()
                ? null
                : new DailyWindow(
                        LocalTime.parse(Fields.text(node, "from")), LocalTime.parse(Fields.text(node, "until")));
    }
}
