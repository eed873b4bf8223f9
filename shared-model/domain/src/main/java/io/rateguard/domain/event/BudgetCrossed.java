package io.rateguard.domain.event;

import static java.util.Objects.requireNonNull;

import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.id.WorkspaceId;

/**
 * What a budget's window has spent came to one of the budget's thresholds.
 *
 * @param cause the request whose settlement brought it there
 * @param percent the threshold
 * @param amountNanos the budget's amount as it stood: a threshold of another amount is another threshold
 * @param spentNanos what the window had spent then, not less than the threshold
 */
public record BudgetCrossed(
        RequestId cause,
        WorkspaceId workspace,
        BudgetId budget,
        String window,
        long windowStartMillis,
        long windowEndMillis,
        int percent,
        long amountNanos,
        long spentNanos,
        long crossedAtMillis)
        implements Event {

    public BudgetCrossed {
        requireNonNull(cause, "cause");
        requireNonNull(workspace, "workspace");
        requireNonNull(budget, "budget");
        requireNonNull(window, "window");
    }
}
