package io.rateguard.proxy.stage;

import io.rateguard.counters.BudgetClaim;
import io.rateguard.counters.BudgetLevel;
import io.rateguard.counters.Claim;
import io.rateguard.counters.LimitClaim;
import io.rateguard.counters.LimitLevel;
import io.rateguard.domain.money.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What every limit and budget that may refuse a request had left when it was decided.
 *
 * @param degraded failure policies decided in place of the store: limits are this proxy's shares, budgets are not known
 */
public record Headroom(List<OfLimit> limits, List<OfBudget> budgets, boolean degraded) {

    public static final Headroom NONE = new Headroom(List.of(), List.of(), false);

    /** Failure policies decided, and none of them counts. */
    public static final Headroom NOTHING_KNOWN = new Headroom(List.of(), List.of(), true);

    /**
     * @param resetMillis until the limit is full again; {@link Long#MAX_VALUE} when nobody knows, or it never will be
     * @param windowSeconds 0 where time does not bring anything back
     */
    public record OfLimit(String name, long limit, long remaining, long resetMillis, long windowSeconds) {}

    public record OfBudget(String name, Money amount, Money remaining) {}

    public static Headroom of(Claim claim, List<LimitLevel> limitLevels, List<BudgetLevel> budgetLevels) {
        List<OfLimit> limits = new ArrayList<>(limitLevels.size());
        for (int i = 0; i < limitLevels.size(); i++) {
            LimitClaim limit = claim.limits().get(i);
            if (limit.rule().isShadow()) {
                continue;
            }
            LimitLevel level = limitLevels.get(i);
            limits.add(new OfLimit(
                    limit.rule().name(),
                    limit.rule().limit().most(),
                    Math.max(0, level.remaining()),
                    level.millisUntilFull(),
                    limit.rule().limit().window().toSeconds()));
        }
        List<OfBudget> budgets = new ArrayList<>(budgetLevels.size());
        for (int i = 0; i < budgetLevels.size(); i++) {
            BudgetClaim budget = claim.budgets().get(i);
            BudgetLevel level = budgetLevels.get(i);
            Money left = budget.budget().amount().minus(level.spent()).minus(level.held());
            budgets.add(new OfBudget(
                    budget.budget().name(),
                    budget.budget().amount(),
                    left.compareTo(Money.ZERO) > 0 ? left : Money.ZERO));
        }
        return new Headroom(limits, budgets, false);
    }

    /** As {@link #of}, where this proxy's own counters decided. */
    public static Headroom degraded(Claim claim, List<LimitLevel> limitLevels) {
        return new Headroom(of(claim, limitLevels, List.of()).limits(), List.of(), true);
    }

    /** The limit that has the smallest part of itself left. */
    public Optional<OfLimit> tightestLimit() {
        OfLimit tightest = null;
        for (OfLimit limit : limits) {
            if (tightest == null || isTighter(limit, tightest)) {
                tightest = limit;
            }
        }
        return Optional.ofNullable(tightest);
    }

    /** The budget that has the least left. */
    public Optional<OfBudget> tightestBudget() {
        OfBudget tightest = null;
        for (OfBudget budget : budgets) {
            if (tightest == null || budget.remaining().compareTo(tightest.remaining()) < 0) {
                tightest = budget;
            }
        }
        return Optional.ofNullable(tightest);
    }

    /** Compares remaining/limit without dividing: both sides times both limits, in 128 bits. */
    private static boolean isTighter(OfLimit one, OfLimit other) {
        long high = Math.multiplyHigh(one.remaining(), other.limit());
        long otherHigh = Math.multiplyHigh(other.remaining(), one.limit());
        return high != otherHigh
                ? high < otherHigh
                : Long.compareUnsigned(one.remaining() * other.limit(), other.remaining() * one.limit()) < 0;
    }
}
