package io.rateguard.counters;

import io.rateguard.domain.money.Money;

/** What a budget's window has spent, and what it holds for requests that are still under way. */
public record BudgetLevel(Money spent, Money held) {}
