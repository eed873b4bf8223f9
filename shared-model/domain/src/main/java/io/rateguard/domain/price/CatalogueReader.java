package io.rateguard.domain.price;

import io.rateguard.domain.price.CataloguedModel.DatedPrice;
import io.rateguard.domain.usage.UsageClass;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a price catalogue in the format of {@code prices/README.md}; rates are decimals, never binary fractions. */
final class CatalogueReader {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String KNOWN_FREE = ":free";

    private final String version;

    private CatalogueReader(String version) {
        this.version = version;
    }

    /** @throws IllegalArgumentException when this is no catalogue, saying where it is wrong */
    static ShippedCatalogue read(byte[] json) {
        try {
            JsonNode tree = JSON.readTree(json);
            CatalogueReader reader = new CatalogueReader(text(tree, "version"));
            Map<String, ProviderPrices> providers = new HashMap<>();
            for (JsonNode provider : list(tree, "providers")) {
                String id = text(provider, "id");
                providers.put(id, new ProviderPrices(reader.models(id, provider)));
            }
            return new ShippedCatalogue(reader.version, providers);
        } catch (JacksonException malformed) {
            throw new IllegalArgumentException("price catalogue: " + malformed.getOriginalMessage(), malformed);
        }
    }

    private List<CataloguedModel> models(String provider, JsonNode node) {
        List<CataloguedModel> models = new ArrayList<>();
        for (JsonNode model : list(node, "models")) {
            String id = text(model, "id");
            try {
                models.add(new CataloguedModel(id, rule(model.path("match")), prices(provider + "/" + id, model)));
            } catch (IllegalArgumentException | ArithmeticException | java.time.DateTimeException wrong) {
                throw new IllegalArgumentException(provider + "/" + id + ": " + wrong.getMessage(), wrong);
            }
        }
        return models;
    }

    private List<DatedPrice> prices(String name, JsonNode model) {
        OptionalLong maxOutputTokens = model.has("maxOutputTokens")
                ? OptionalLong.of(wholeNumber(model, "maxOutputTokens"))
                : OptionalLong.empty();
        List<DatedPrice> prices = new ArrayList<>();
        for (JsonNode price : list(model, "prices")) {
            boolean dated = price.has("from");
            Instant from = dated ? startOfDay(text(price, "from")) : Instant.MIN;
            if (!prices.isEmpty() && !from.isAfter(prices.getLast().from())) {
                throw new IllegalArgumentException("from: " + price.path("from") + " (expected: oldest first)");
            }
            String priceName = version + "/" + name + (dated ? "@" + text(price, "from") : "");
            prices.add(new DatedPrice(from, new ModelPrice(priceName, rates(price.path("rates")), maxOutputTokens)));
        }
        if (prices.isEmpty() && name.endsWith(KNOWN_FREE)) {
            prices.add(
                    new DatedPrice(Instant.MIN, new ModelPrice(version + "/" + name, freeOfCharge(), maxOutputTokens)));
        }
        return prices;
    }

    private static Map<UsageClass, TieredRate> rates(JsonNode node) {
        if (!node.isObject() || node.isEmpty()) {
            throw new IllegalArgumentException("rates: " + node + " (expected: a rate for one class or more)");
        }
        Map<UsageClass, TieredRate> rates = new EnumMap<>(UsageClass.class);
        node.properties().forEach(rate -> rates.put(UsageClass.ofWireName(rate.getKey()), tieredRate(rate.getValue())));
        return rates;
    }

    private static TieredRate tieredRate(JsonNode node) {
        if (node.isString()) {
            return TieredRate.flat(rate(node.stringValue()));
        }
        List<TieredRate.Tier> tiers = new ArrayList<>();
        for (JsonNode tier : list(node, "tiers")) {
            tiers.add(new TieredRate.Tier(wholeNumber(tier, "above"), rate(text(tier, "rate"))));
        }
        return new TieredRate(rate(text(node, "base")), tiers);
    }

    private static Map<UsageClass, TieredRate> freeOfCharge() {
        Map<UsageClass, TieredRate> rates = new EnumMap<>(UsageClass.class);
        for (UsageClass usageClass : UsageClass.values()) {
            if (usageClass.kind() != UsageClass.Kind.PIECES) {
                rates.put(usageClass, TieredRate.flat(Rate.ZERO));
            }
        }
        return rates;
    }

    private static NameRule rule(JsonNode node) {
        if (!node.isObject() || node.size() != 1) {
            throw new IllegalArgumentException("match: " + node + " (expected: one rule)");
        }
        String kind = node.propertyNames().iterator().next();
        return switch (kind) {
            case "equals" -> new NameRule.Equals(text(node, kind));
            case "starts_with" -> new NameRule.StartsWith(text(node, kind));
            case "ends_with" -> new NameRule.EndsWith(text(node, kind));
            case "contains" -> new NameRule.Contains(text(node, kind));
            case "regex" -> new NameRule.Regex(Pattern.compile(text(node, kind)));
            case "or" -> new NameRule.AnyOf(rules(node, kind));
            case "and" -> new NameRule.AllOf(rules(node, kind));
            default ->
                throw new IllegalArgumentException(
                        "match: " + kind + " (expected: equals, starts_with, ends_with, contains, regex, or, and)");
        };
    }

    private static List<NameRule> rules(JsonNode node, String kind) {
        JsonNode list = list(node, kind);
        if (list.isEmpty()) {
            throw new IllegalArgumentException(kind + ": [] (expected: one rule or more)");
        }
        return list.valueStream().map(CatalogueReader::rule).toList();
    }

    private static Rate rate(String decimal) {
        return Rate.ofUsdPerMillion(new BigDecimal(decimal));
    }

    private static Instant startOfDay(String date) {
        return LocalDate.parse(date).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static JsonNode list(JsonNode node, String field) {
        JsonNode list = node.path(field);
        if (!list.isArray()) {
            throw new IllegalArgumentException(field + ": " + list + " (expected: a list)");
        }
        return list;
    }

    private static String text(JsonNode node, String field) {
        JsonNode text = node.path(field);
        if (!text.isString()) {
            throw new IllegalArgumentException(field + ": " + text + " (expected: a text)");
        }
        return text.stringValue();
    }

    private static long wholeNumber(JsonNode node, String field) {
        JsonNode number = node.path(field);
        if (!number.isIntegralNumber() || !number.canConvertToLong() || number.longValue() < 1) {
            throw new IllegalArgumentException(field + ": " + number + " (expected: a whole number above 0)");
        }
        return number.longValue();
    }
}
