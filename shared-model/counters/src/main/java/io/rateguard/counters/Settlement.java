package io.rateguard.counters;

import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.id.WorkspaceId;
import java.util.List;

/**
 * The end of an admitted request: its holds become charges, estimated limits are put right, and its leases are given
 * back.
 *
 * @param chargedAtMillis the instant at which it was admitted
 */
public record Settlement(
        WorkspaceId workspace,
        RequestId request,
        long chargedAtMillis,
        List<LimitSettlement> limits,
        List<BudgetSettlement> budgets) {

    public Settlement {
        limits = List.copyOf(limits);
        budgets = List.copyOf(budgets);
        Amounts.requireDistinct("limits", limits, limit -> limit.rule().id() + " " + limit.partition());
        Amounts.requireDistinct(
                "budgets",
                budgets,
                budget -> budget.budget() + " " + budget.window().name());
    }
}
