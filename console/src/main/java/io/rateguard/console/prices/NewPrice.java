package io.rateguard.console.prices;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A price as a client describes it. */
public record NewPrice(
        @Nullable String api,
        @Nullable String model,
        @Nullable JsonNode rates,
        @Nullable JsonNode serviceTiers,
        @Nullable Long maxOutputTokens) {}
