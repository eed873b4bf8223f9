package io.rateguard.domain.budget;

import io.rateguard.domain.money.Money;

/** A rung of a ladder as money: so many percent of the amount are spent once this much is. */
public record Threshold(int percent, Money at) {}
