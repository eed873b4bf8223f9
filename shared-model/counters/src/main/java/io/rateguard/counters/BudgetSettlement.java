package io.rateguard.counters;

import io.rateguard.domain.budget.BudgetWindow;
import io.rateguard.domain.budget.Threshold;
import io.rateguard.domain.budget.Throttling;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.money.Money;
import java.util.List;

/**
 * What a request cost, charged to one window of a budget in place of its hold.
 *
 * @param thresholds those whose reaching is to be named
 * @param throttlings those that the limits of the same settlement are counted by
 */
public record BudgetSettlement(
        BudgetId budget, BudgetWindow window, Money charged, List<Threshold> thresholds, List<Throttling> throttlings) {

    public BudgetSettlement {
        Amounts.requireCounted("chargedNanos", charged.nanos());
        thresholds = List.copyOf(thresholds);
        throttlings = List.copyOf(throttlings);
    }

    /** A charge to a budget that slows nothing down. */
    public BudgetSettlement(BudgetId budget, BudgetWindow window, Money charged, List<Threshold> thresholds) {
        this(budget, window, charged, thresholds, List.of());
    }

    /** A charge that names no threshold. */
    public BudgetSettlement(BudgetId budget, BudgetWindow window, Money charged) {
        this(budget, window, charged, List.of());
    }
}
