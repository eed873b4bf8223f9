package io.rateguard.domain.price;

import io.rateguard.domain.usage.UsageClass;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a workspace charges for models whose price is not known: one rate for every kind of input token and one for every
 * kind of output token. The request stays unpriced; it is only not charged as nothing.
 */
public record CeilingPrice(Rate input, Rate output) {

    private static final String VERSION = "ceiling/";
    private static final String SEPARATOR = "/";
    private static final String INPUT = UsageClass.INPUT.wireName();
    private static final String OUTPUT = UsageClass.OUTPUT.wireName();

    /** {@code {"input": "30", "output": "150"}}, in dollars per million tokens. */
    public static CeilingPrice read(String field, JsonNode node) {
        Fields.only(field, node, Set.of(INPUT, OUTPUT));
        return new CeilingPrice(rate(field, node, INPUT), rate(field, node, OUTPUT));
    }

    public ObjectNode toJson() {
        return JsonNodeFactory.instance
                .objectNode()
                .put(INPUT, input.usdPerMillion())
                .put(OUTPUT, output.usdPerMillion());
    }

    /** @param most the maximum output of the model, where that is known although its price is not */
    public ModelPrice price(OptionalLong most) {
        Map<UsageClass, TieredRate> rates = new EnumMap<>(UsageClass.class);
        for (UsageClass usageClass : UsageClass.values()) {
            switch (usageClass.kind()) {
                case INPUT_TOKENS -> rates.put(usageClass, TieredRate.flat(input));
                case OUTPUT_TOKENS -> rates.put(usageClass, TieredRate.flat(output));
                case PIECES -> {}
            }
        }
        return new ModelPrice(
                VERSION + input.usdPerMillion() + SEPARATOR + output.usdPerMillion(), rates, Map.of(), most);
    }

    /** The ceiling that a price is, by the name that events keep of it; nothing where it is another price. */
    public static Optional<CeilingPrice> named(@Nullable String priceVersion) {
        if (priceVersion == null || !priceVersion.startsWith(VERSION)) {
            return Optional.empty();
        }
        String[] rates = priceVersion.substring(VERSION.length()).split(SEPARATOR, -1);
        return rates.length == 2 ? Optional.of(new CeilingPrice(rate(rates[0]), rate(rates[1]))) : Optional.empty();
    }

    private static Rate rate(String usdPerMillion) {
        return Rate.ofUsdPerMillion(new BigDecimal(usdPerMillion));
    }

    private static Rate rate(String field, JsonNode node, String name) {
        JsonNode decimal = node.path(name);
        if (decimal.isMissingNode()) {
            throw new IllegalArgumentException(
                    field + "." + name + ": missing (expected: dollars per million tokens, as a decimal in quotes)");
        }
        return PriceShapes.rate(field + "." + name, decimal);
    }
}
