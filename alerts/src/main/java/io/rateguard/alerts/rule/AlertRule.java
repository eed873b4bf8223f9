package io.rateguard.alerts.rule;

import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.WorkspaceId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks to be told when budgets come to thresholds.
 *
 * @param budget none: every budget of the workspace
 * @param percent none: every threshold of a budget's ladder
 */
public record AlertRule(
        UUID id,
        WorkspaceId workspace,
        @Nullable BudgetId budget,
        @Nullable Integer percent) {

    public boolean watches(WorkspaceId ofWorkspace, BudgetId ofBudget, int threshold) {
        return workspace.equals(ofWorkspace)
                && (budget == null || budget.equals(ofBudget))
                && (percent == null || percent == threshold);
    }
}
