package io.rateguard.alerts.rule;

import io.rateguard.domain.budget.Ladder;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.WorkspaceId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks to be told when budgets come to thresholds.
 *
 * @param budget none: every budget of the workspace
 * @param percent none: every share that the budget's ladder tells
 */
public record AlertRule(
        UUID id,
        WorkspaceId workspace,
        @Nullable BudgetId budget,
        @Nullable Integer percent) {

    /** @param ladder of that budget */
    public boolean watches(WorkspaceId ofWorkspace, BudgetId ofBudget, Ladder ladder, int threshold) {
        return workspace.equals(ofWorkspace)
                && (budget == null || budget.equals(ofBudget))
                && (percent == null ? ladder.tells(threshold) : percent == threshold);
    }
}
