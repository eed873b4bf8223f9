package io.rateguard.domain.budget;

import io.rateguard.domain.money.Money;

/** A throttle as money: once this much is spent or held, limits are counted with so many percent of themselves. */
public record Throttling(Money at, int toPercent) {}
