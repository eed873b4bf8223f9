package io.rateguard.console.corrections;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A rerate as a client describes it. */
public record NewRerate(
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable String api,
        @Nullable String model,
        @Nullable Boolean dryRun) {}
