package io.rateguard.console.prices;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A price as a client describes it: of models (model, rates, …) or of calls (call, perCall, perValue, max). */
public record NewPrice(
        @Nullable String api,
        @Nullable String model,
        @Nullable JsonNode rates,
        @Nullable JsonNode serviceTiers,
        @Nullable Long maxOutputTokens,
        @Nullable JsonNode call,
        @Nullable JsonNode perCall,
        @Nullable JsonNode perValue,
        @Nullable JsonNode max) {

    /** What a call is charged, in the shape of {@code CallPriceShapes}. */
    JsonNode charge() {
        ObjectNode charge = JsonNodeFactory.instance.objectNode();
        set(charge, "perCall", perCall);
        set(charge, "perValue", perValue);
        set(charge, "max", max);
        return charge;
    }

    private static void set(ObjectNode node, String field, @Nullable JsonNode value) {
        if (value != null && !value.isNull()) {
            node.set(field, value);
        }
    }
}
