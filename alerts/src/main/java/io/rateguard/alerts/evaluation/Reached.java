package io.rateguard.alerts.evaluation;

import io.rateguard.domain.budget.BudgetWindow;
import io.rateguard.domain.event.BudgetCrossed;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.WorkspaceId;

/** A threshold that a budget's window has come to, whoever noticed. */
public record Reached(
        WorkspaceId workspace,
        BudgetId budget,
        BudgetWindow window,
        int percent,
        long amountNanos,
        long spentNanos,
        long atMillis) {

    public static Reached of(BudgetCrossed crossed) {
        return new Reached(
                crossed.workspace(),
                crossed.budget(),
                new BudgetWindow(crossed.window(), crossed.windowStartMillis(), crossed.windowEndMillis()),
                crossed.percent(),
                crossed.amountNanos(),
                crossed.spentNanos(),
                crossed.crossedAtMillis());
    }
}
