package io.rateguard.console.corrections;

import org.jspecify.annotations.Nullable;

/** What a request cost, as a client says. */
public record NewAdjustment(
        @Nullable Long costNanos, @Nullable String note) {}
