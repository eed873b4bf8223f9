package io.rateguard.proxy.stage;

import io.rateguard.domain.money.Money;
import io.rateguard.domain.price.ModelPrice;
import io.rateguard.domain.usage.Usage;
import org.jspecify.annotations.Nullable;

/**
 * What a request will use and cost, before the provider has said so.
 *
 * @param metered whether the provider's report decides what it costs
 * @param price the price of its model; none where nothing is charged, or where no price is known
 * @param unpriced whether it is let through although its price, or the rate for its input or output, is not known
 * @param likely the use that limits reserve, and that is recorded when the provider reports nothing
 * @param likelyCost what that costs; charged when the provider reports nothing, unless the hold is a bound
 * @param hold what its budgets hold
 * @param bounded whether the hold is the most it can cost
 */
public record Estimate(
        boolean metered,
        @Nullable ModelPrice price,
        boolean unpriced,
        Usage likely,
        Money likelyCost,
        Money hold,
        boolean bounded) {

    /** Costs nothing, whatever it does. */
    public static final Estimate FREE = new Estimate(false, null, false, Usage.NONE, Money.ZERO, Money.ZERO, true);

    /** Let through although nobody knows what it costs. */
    public static final Estimate UNPRICED = new Estimate(false, null, true, Usage.NONE, Money.ZERO, Money.ZERO, false);
}
