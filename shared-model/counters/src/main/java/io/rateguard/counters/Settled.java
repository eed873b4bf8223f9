package io.rateguard.counters;

import io.rateguard.domain.budget.Threshold;
import java.util.List;

/**
 * The answer to a settlement, with the budgets' levels in its order.
 *
 * @param first false: the request was settled already, or never admitted, and nothing changed
 * @param settledAtMillis Redis's clock
 * @param unknownIn of a request that none of its budgets knows the epoch in which none does; else, or where no budget is
 *     counted now, {@link Epoch#NONE}
 * @param crossings the thresholds that these windows have come to: each is named by one settlement of its window only
 */
public record Settled(
        boolean first, long settledAtMillis, long unknownIn, List<BudgetLevel> budgets, List<Crossing> crossings) {

    public Settled {
        budgets = List.copyOf(budgets);
        crossings = List.copyOf(crossings);
    }

    /**
     * One threshold that was reached.
     *
     * @param budget which of the settlement's budgets, from 0
     */
    public record Crossing(int budget, Threshold threshold) {}
}
