package io.rateguard.standalone.sample;

import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.budget.BudgetWindow;
import io.rateguard.domain.event.Decision;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.limit.Concurrency;
import io.rateguard.domain.limit.LimitRule;
import io.rateguard.domain.limit.Partition;
import io.rateguard.domain.limit.SlidingWindow;
import io.rateguard.domain.limit.TokenBucket;
import io.rateguard.domain.limit.TokenBucketState;
import io.rateguard.domain.money.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The limits and budgets of those weeks, in memory and request after request: what they let through and what it leaves.
 * As the product does it, everything is checked, limits first, and then everything is taken or nothing is.
 */
final class Ledger {

    private final List<LimitRule> limits;
    private final List<Budget> budgets;
    private final Map<String, TokenBucketState> buckets = new HashMap<>();
    private final Map<Window, Money> spent = new HashMap<>();

    Ledger(List<LimitRule> limits, List<Budget> budgets) {
        this.limits = List.copyOf(limits);
        this.budgets = List.copyOf(budgets);
    }

    /** What was decided about a claim. */
    sealed interface Verdict {

        /**
         * @param held what each budget holds until the cost is known
         * @param bounded whether that is the most it can cost
         */
        record Admitted(List<Window> windows, Money held, boolean bounded) implements Verdict {}

        record Refused(Decision decision, int status, RequestEvent.Refusal why) implements Verdict {}
    }

    /** One window of one budget. */
    record Window(BudgetId budget, BudgetWindow window) {}

    Verdict decide(Claim claim) {
        Map<String, TokenBucketState> taken = new HashMap<>();
        for (LimitRule rule : limits) {
            if (rule.match().matches(claim.facts())) {
                String partition = Partition.of(rule.per(), claim.facts());
                String name = rule.id() + " " + partition;
                TokenBucket bucket = bucket(rule);
                long amount = bucket.taking(rule.amountOf(claim.likely(), claim.likelyCost()));
                TokenBucketState state = buckets.getOrDefault(name, TokenBucketState.full(bucket, claim.atMillis()))
                        .refilled(bucket, claim.atMillis());
                if (!state.has(amount)) {
                    return limitReached(rule, partition, state, amount, claim.atMillis());
                }
                taken.put(name, state.minus(amount));
            }
        }
        List<Budget> covering = budgets.stream()
                .filter(budget -> budget.scope().covers(claim.facts()))
                .toList();
        boolean bounded =
                covering.stream().anyMatch(budget -> budget.shutoff() && budget.estimate() == Budget.Estimate.STRICT);
        Money hold = bounded ? claim.ceiling() : claim.likelyCost();
        List<Window> windows = new ArrayList<>();
        for (Budget budget : covering) {
            Window window = new Window(budget.id(), budget.windowAt(Instant.ofEpochMilli(claim.atMillis())));
            Money used = spent(window);
            if (budget.shutoff() && hold.nanos() > 0 && used.plus(hold).compareTo(budget.amount()) > 0) {
                return budgetExhausted(budget, window.window(), used);
            }
            windows.add(window);
        }
        buckets.putAll(taken);
        return new Verdict.Admitted(windows, hold, bounded);
    }

    void charge(List<Window> windows, Money cost) {
        windows.forEach(window -> spent.merge(window, cost, Money::plus));
    }

    Money spent(Window window) {
        return spent.getOrDefault(window, Money.ZERO);
    }

    private static TokenBucket bucket(LimitRule rule) {
        return switch (rule.limit()) {
            case TokenBucket bucket -> bucket;
            case SlidingWindow _, Concurrency _ ->
                throw new IllegalArgumentException(rule.name() + ": " + rule.limit() + " (expected: a token bucket)");
        };
    }

    private static Verdict limitReached(
            LimitRule rule, String partition, TokenBucketState state, long amount, long atMillis) {
        long wait = state.millisUntil(bucket(rule), amount);
        long capacity = bucket(rule).capacity();
        return new Verdict.Refused(
                Decision.LIMITED,
                429,
                new RequestEvent.Refusal(
                        "rate_limited",
                        rule.id().toString(),
                        rule.name(),
                        partition,
                        capacity - Math.max(0, state.level()),
                        capacity,
                        wait == Long.MAX_VALUE ? 0 : atMillis + wait));
    }

    private static Verdict budgetExhausted(Budget budget, BudgetWindow window, Money used) {
        return new Verdict.Refused(
                Decision.OVER_BUDGET,
                402,
                new RequestEvent.Refusal(
                        "budget_exhausted",
                        budget.id().toString(),
                        budget.name(),
                        window.name(),
                        used.nanos(),
                        budget.amount().nanos(),
                        window.resetMillis()));
    }
}
