package io.rateguard.domain.price;

import io.rateguard.domain.id.PriceOverrideId;
import io.rateguard.domain.money.Money;
import io.rateguard.domain.price.CallPrice.PerValue;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Prices of calls in the JSON of the management API and the database. Whatever is not understood is an
 * {@link IllegalArgumentException} that names the field, its value and what was expected.
 */
public final class CallPriceShapes {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int MILLION_DIGITS = 6;
    private static final String PER_CALL = "at most 18 decimals, and less than 9 million";
    private static final int NANO_DIGITS = 9;

    private CallPriceShapes() {}

    /**
     * @param call {@code {"method": "POST", "path": "/v1/charges", "status": "2xx"}}
     * @param charge {@code {"perCall": "0.3", "perValue": {"pointer": "/amount", "rate": "0.00029"}, "max": "5"}}, dollars
     */
    public static CallPrice read(PriceOverrideId id, String api, JsonNode call, JsonNode charge) {
        Fields.only("call", call, Set.of("method", "path", "status"));
        Fields.only("price", charge, Set.of("perCall", "perValue", "max"));
        if (!charge.has("perCall") && !charge.has("perValue")) {
            throw new IllegalArgumentException("perCall: missing (expected: a price per call, or perValue)");
        }
        if (charge.has("max") && !charge.has("perValue")) {
            throw new IllegalArgumentException("max: " + charge.path("max") + " (expected: beside perValue only)");
        }
        return new CallPrice(
                id,
                api,
                new CallPattern(optional(call, "method"), Fields.text(call, "path"), optional(call, "status")),
                charge.has("perCall")
                        ? PriceShapes.rate("perCall", charge.path("perCall"), MILLION_DIGITS, PER_CALL)
                        : Rate.ZERO,
                charge.has("perValue") ? Optional.of(perValue(charge.path("perValue"))) : Optional.empty(),
                charge.has("max") ? most(charge.path("max")) : null);
    }

    public static ObjectNode call(CallPattern call) {
        ObjectNode node = NODES.objectNode();
        if (call.method() != null) {
            node.put("method", call.method());
        }
        node.put("path", call.path());
        if (call.status() != null) {
            node.put("status", call.status());
        }
        return node;
    }

    public static ObjectNode charge(CallPrice price) {
        ObjectNode node = NODES.objectNode();
        node.put("perCall", usdPerCall(price));
        price.perValue()
                .ifPresent(share -> node.putObject("perValue")
                        .put("pointer", share.pointer().text())
                        .put("rate", share.rate().usdPerMillion()));
        if (price.most() != null) {
            node.put("max", price.most().usd());
        }
        return node;
    }

    private static String usdPerCall(CallPrice price) {
        BigDecimal usd = new BigDecimal(price.perCall().usdPerMillion()).movePointLeft(MILLION_DIGITS);
        return usd.signum() == 0 ? "0" : usd.stripTrailingZeros().toPlainString();
    }

    private static @Nullable String optional(JsonNode node, String field) {
        return node.hasNonNull(field) ? Fields.text(node, field) : null;
    }

    private static PerValue perValue(JsonNode node) {
        Fields.only("perValue", node, Set.of("pointer", "rate"));
        return new PerValue(
                new JsonPointer(Fields.text(node, "pointer")), PriceShapes.rate("perValue.rate", node.path("rate")));
    }

    private static Money most(JsonNode decimal) {
        try {
            long nanos = PriceShapes.decimal("max", decimal)
                    .movePointRight(NANO_DIGITS)
                    .longValueExact();
            if (nanos > 0 && nanos <= Money.MAX_COUNTED_NANOS) {
                return Money.ofNanos(nanos);
            }
        } catch (ArithmeticException unfit) {
            // Said below.
        }
        throw new IllegalArgumentException(
                "max: " + decimal + " (expected: more than 0, at most 9 decimals, and less than 9 million)");
    }
}
