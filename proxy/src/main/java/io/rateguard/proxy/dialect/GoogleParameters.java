package io.rateguard.proxy.dialect;

import java.util.Locale;
import java.util.Set;

/** The parameters by which callers of Google's APIs shape a reply; those that can hide its usage report are refused. */
final class GoogleParameters {

    private static final Set<String> FORMATS = Set.of("sse", "json");

    private GoogleParameters() {}

    /** @throws InvalidRequest naming the parameter, its value and what was expected */
    static void check(Address address) {
        for (Address.Parameter parameter : address.parameters()) {
            String name = parameter.name().toLowerCase(Locale.ROOT);
            switch (name.startsWith("$") ? name.substring(1) : name) {
                case "fields", "callback", Address.FIELD_MASK ->
                    throw hiding(parameter, "none; RateGuard has to read the usage report");
                case "alt" -> {
                    if (!FORMATS.contains(parameter.value())) {
                        throw hiding(parameter, "sse or json; RateGuard has to read the usage report");
                    }
                }
                default -> {}
            }
        }
    }

    private static InvalidRequest hiding(Address.Parameter parameter, String expected) {
        return new InvalidRequest(
                AskReader.INVALID_VALUE,
                parameter.name() + ": " + AskReader.shortened(parameter.value()) + " (expected: " + expected + ")");
    }
}
