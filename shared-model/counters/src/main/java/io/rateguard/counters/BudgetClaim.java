package io.rateguard.counters;

import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.budget.BudgetWindow;
import io.rateguard.domain.money.Money;

/** What a request wants held in one window of a budget until its cost is known. */
public record BudgetClaim(Budget budget, BudgetWindow window, Money hold) {

    public BudgetClaim {
        Amounts.requireCounted("holdNanos", hold.nanos());
    }
}
