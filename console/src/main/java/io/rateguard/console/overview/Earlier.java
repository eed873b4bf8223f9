package io.rateguard.console.overview;

import io.rateguard.console.overview.Figures.Traffic;
import io.rateguard.domain.money.Money;

/**
 * What the overview's figures are compared with.
 *
 * @param yesterday spent by this time of the day
 * @param lastMonth spent by this time of the month
 * @param dayBefore what went through in the 24 hours before the last ones
 */
public record Earlier(Money yesterday, Money lastMonth, Traffic dayBefore) {}
