package io.rateguard.console.budgets;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** More money for a budget, as a client describes it; nothing of it may be absent. */
public record NewIncrease(
        @Nullable Long amountNanos, @Nullable Instant until) {}
