package io.rateguard.console.prices.ui;

import io.rateguard.console.common.ui.Amounts;
import io.rateguard.domain.price.CallPattern;
import io.rateguard.domain.price.CallPrice;
import io.rateguard.domain.price.CallPriceShapes;
import io.rateguard.domain.price.OwnPrice;
import io.rateguard.domain.price.PriceOverride;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Prices of a workspace's own in plain words. */
final class PriceWords {

    private PriceWords() {}

    /** {@code gpt-4o*}, {@code POST /v1/charges}. */
    static String subject(OwnPrice price) {
        return switch (price) {
            case PriceOverride model -> model.model().text();
            case CallPrice call -> call(call.call());
        };
    }

    /** {@code input $2.00, output $8.00 per million}, {@code $0.30 per call, at most $5.00}. */
    static String amount(OwnPrice price) {
        return switch (price) {
            case PriceOverride model ->
                model.price(model.maxOutputTokens()).usdPerMillion().entrySet().stream()
                                .map(rate -> rate.getKey().wireName().replace('_', ' ') + " "
                                        + Amounts.price(rate.getValue()))
                                .collect(Collectors.joining(", "))
                        + " per million";
            case CallPrice call -> charge(CallPriceShapes.charge(call));
        };
    }

    private static String call(CallPattern call) {
        return Stream.of(call.method(), call.path(), call.status() == null ? null : "(" + call.status() + ")")
                .filter(part -> part != null)
                .collect(Collectors.joining(" "));
    }

    private static String charge(JsonNode charge) {
        JsonNode share = charge.path("perValue");
        return Stream.of(
                        Amounts.price(charge.path("perCall").asString()) + " per call",
                        share.isMissingNode()
                                ? ""
                                : Amounts.price(share.path("rate").asString()) + " × "
                                        + share.path("pointer").asString(),
                        charge.has("max")
                                ? "at most " + Amounts.price(charge.path("max").asString())
                                : "")
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
    }
}
