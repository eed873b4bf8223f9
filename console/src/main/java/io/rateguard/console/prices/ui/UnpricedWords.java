package io.rateguard.console.prices.ui;

import io.rateguard.domain.price.UnpricedPolicy;

/** What can become of requests without a price, in plain words. */
final class UnpricedWords {

    private UnpricedWords() {}

    static String title(UnpricedPolicy.Choice choice) {
        return switch (choice) {
            case DEFAULT -> "Refuse under a strict budget, else let through and mark";
            case BLOCK -> "Refuse";
            case CEILING -> "Charge at a ceiling";
            case ALLOW -> "Let through and mark";
        };
    }

    static String sentence(UnpricedPolicy.Choice choice) {
        return switch (choice) {
            case DEFAULT ->
                "Their requests are refused where a strict budget covers them; others pass, cost nothing, and are marked.";
            case BLOCK -> "Their requests are refused.";
            case CEILING -> "Their requests are charged at a ceiling, and marked.";
            case ALLOW -> "Their requests pass, cost nothing, and are marked.";
        };
    }
}
