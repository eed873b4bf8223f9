package io.rateguard.domain.price;

import io.rateguard.domain.usage.UsageClass;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rates in the JSON of the catalogue, the management API and the database: a decimal in quotes, in dollars per million,
 * for each class of use. Whatever is not understood is an {@link IllegalArgumentException} that names the field, its
 * value and what was expected.
 */
public final class PriceShapes {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final int MOST_TIERS = 16;
    private static final BigDecimal ABOVE_EVERY_RATE = BigDecimal.valueOf(9_000_000);

    private PriceShapes() {}

    /** {@code {"input": "2.5", "output": {"base": "10", "tiers": [{"above": 200000, "rate": "15"}]}}}. */
    public static Map<UsageClass, TieredRate> rates(String field, JsonNode node) {
        Map<UsageClass, TieredRate> rates = new EnumMap<>(UsageClass.class);
        Fields.object(field, node)
                .properties()
                .forEach(rate -> rates.put(
                        UsageClass.ofWireName(rate.getKey()),
                        tieredRate(field + "." + rate.getKey(), rate.getValue())));
        if (rates.isEmpty()) {
            throw new IllegalArgumentException(field + ": {} (expected: a rate for one class or more)");
        }
        return rates;
    }

    /** {@code {"flex": {"input": "1.25"}}}; none when absent. */
    public static Map<ServiceTier, Map<UsageClass, TieredRate>> serviceTiers(String field, JsonNode node) {
        Map<ServiceTier, Map<UsageClass, TieredRate>> tiers = new EnumMap<>(ServiceTier.class);
        if (!node.isMissingNode()) {
            Fields.object(field, node)
                    .properties()
                    .forEach(tier -> tiers.put(
                            ServiceTier.ofWireName(tier.getKey()),
                            rates(field + "." + tier.getKey(), tier.getValue())));
        }
        return tiers;
    }

    public static ObjectNode rates(Map<UsageClass, TieredRate> rates) {
        ObjectNode node = NODES.objectNode();
        for (UsageClass usageClass : UsageClass.values()) {
            TieredRate rate = rates.get(usageClass);
            if (rate != null) {
                node.set(usageClass.wireName(), tieredRate(rate));
            }
        }
        return node;
    }

    public static ObjectNode serviceTiers(Map<ServiceTier, Map<UsageClass, TieredRate>> tiers) {
        ObjectNode node = NODES.objectNode();
        for (ServiceTier tier : ServiceTier.values()) {
            Map<UsageClass, TieredRate> rates = tiers.get(tier);
            if (rates != null) {
                node.set(tier.wireName(), rates(rates));
            }
        }
        return node;
    }

    private static TieredRate tieredRate(String field, JsonNode node) {
        if (!node.isObject()) {
            return TieredRate.flat(rate(field, node));
        }
        JsonNode stated = Fields.list(node, "tiers");
        if (stated.size() > MOST_TIERS) {
            throw new IllegalArgumentException(
                    field + ".tiers: " + stated.size() + " (expected: " + MOST_TIERS + " at most)");
        }
        List<TieredRate.Tier> tiers = new ArrayList<>();
        for (JsonNode tier : stated) {
            tiers.add(new TieredRate.Tier(Fields.wholeNumber(tier, "above"), rate(field, tier.path("rate"))));
        }
        return new TieredRate(rate(field, node.path("base")), tiers);
    }

    static Rate rate(String field, JsonNode decimal) {
        return rate(field, decimal, 0, "at most 12 decimals, and less than 9 million");
    }

    /** @param digits that a decimal of the shape's unit is moved by to be one of dollars per million */
    static Rate rate(String field, JsonNode decimal, int digits, String expected) {
        BigDecimal usd = decimal(field, decimal);
        try {
            if (usd.compareTo(ABOVE_EVERY_RATE) < 0) {
                return Rate.ofUsdPerMillion(usd.movePointRight(digits));
            }
        } catch (ArithmeticException tooFine) {
            // Said below.
        }
        throw new IllegalArgumentException(field + ": " + decimal + " (expected: " + expected + ")");
    }

    /** Always a text: a number may have become a binary fraction on its way here. */
    static BigDecimal decimal(String field, JsonNode decimal) {
        if (!decimal.isString()) {
            throw new IllegalArgumentException(field + ": " + decimal + " (expected: a decimal in quotes)");
        }
        return Fields.amount(field, decimal);
    }

    private static JsonNode tieredRate(TieredRate rate) {
        String base = rate.base().usdPerMillion();
        if (rate.tiers().isEmpty()) {
            return NODES.stringNode(base);
        }
        ObjectNode tiered = NODES.objectNode().put("base", base);
        ArrayNode tiers = tiered.putArray("tiers");
        rate.tiers()
                .forEach(tier -> tiers.addObject()
                        .put("above", tier.start())
                        .put("rate", tier.rate().usdPerMillion()));
        return tiered;
    }
}
