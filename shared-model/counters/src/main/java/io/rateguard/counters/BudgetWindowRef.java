package io.rateguard.counters;

import io.rateguard.domain.budget.BudgetWindow;
import io.rateguard.domain.id.BudgetId;
import java.time.Duration;

/** Names the counter of one budget in one of its windows. */
public record BudgetWindowRef(BudgetId budget, BudgetWindow window) {

    /** A late settlement finds its window this long after the end; a lapsed hold is remembered for 7 days. */
    static final long KEPT_AFTER_WINDOW_MILLIS = Duration.ofDays(10).toMillis();

    /** Whether the counter is not kept any more. */
    public boolean isForgotten(long nowMillis) {
        return window.endMillis() < nowMillis - KEPT_AFTER_WINDOW_MILLIS;
    }
}
