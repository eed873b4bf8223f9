package io.rateguard.counters;

import io.rateguard.domain.budget.BudgetWindow;
import io.rateguard.domain.id.BudgetId;

/** Names the counter of one budget in one of its windows. */
public record BudgetWindowRef(BudgetId budget, BudgetWindow window) {}
