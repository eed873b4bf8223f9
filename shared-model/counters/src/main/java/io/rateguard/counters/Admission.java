package io.rateguard.counters;

import io.rateguard.domain.budget.Throttle;
import java.util.List;
import java.util.Optional;

/** The answer to a claim. Levels come in the order of the claim; only {@link Admitted} has taken anything. */
public sealed interface Admission {

    /**
     * Everything was taken; a repeat of the same request id takes nothing more. Levels are those after taking.
     *
     * @param chargedAtMillis Redis's clock when it was taken: the instant that decides windows and charts
     * @param epoch in which its budgets are counted; {@link Epoch#NONE} where there are none
     * @param shadowed the limits in shadow mode that would have refused; of them nothing was taken
     */
    record Admitted(
            long chargedAtMillis,
            long epoch,
            List<Shadowed> shadowed,
            List<LimitLevel> limits,
            List<BudgetLevel> budgets)
            implements Admission {
        /** Of limits alone. */
        public Admitted(
                long chargedAtMillis, List<Shadowed> shadowed, List<LimitLevel> limits, List<BudgetLevel> budgets) {
            this(chargedAtMillis, Epoch.NONE, shadowed, limits, budgets);
        }

        public Admitted {
            shadowed = List.copyOf(shadowed);
            limits = List.copyOf(limits);
            budgets = List.copyOf(budgets);
        }
    }

    /** A limit in shadow mode had too little left; {@link Long#MAX_VALUE} as time to wait means never. */
    record Shadowed(LimitClaim claim, long retryAfterMillis) {}

    /** A budget of the claim that is nearly used up leaves this share of each limit, the lowest of all. */
    record Slowed(BudgetClaim by, int toPercent) {}

    /**
     * A limit had too little left; {@link Long#MAX_VALUE} as time to wait means never.
     *
     * @param slowed by which budget all limits were counted with a share of themselves; empty: by none
     */
    record LimitReached(
            LimitClaim claim,
            long decidedAtMillis,
            long retryAfterMillis,
            Optional<Slowed> slowed,
            List<LimitLevel> limits,
            List<BudgetLevel> budgets)
            implements Admission {

        /** With the whole limit. */
        public LimitReached(
                LimitClaim claim,
                long decidedAtMillis,
                long retryAfterMillis,
                List<LimitLevel> limits,
                List<BudgetLevel> budgets) {
            this(claim, decidedAtMillis, retryAfterMillis, Optional.empty(), limits, budgets);
        }

        public LimitReached {
            limits = List.copyOf(limits);
            budgets = List.copyOf(budgets);
        }
    }

    /** What a budget has spent and holds leaves no room for this hold. */
    record BudgetExhausted(BudgetClaim claim, long decidedAtMillis, List<LimitLevel> limits, List<BudgetLevel> budgets)
            implements Admission {
        public BudgetExhausted {
            limits = List.copyOf(limits);
            budgets = List.copyOf(budgets);
        }
    }

    /** No limit matches, and a budget that is nearly used up lets only so many requests pass, which have passed. */
    record Throttled(
            BudgetClaim claim,
            Throttle throttle,
            long decidedAtMillis,
            long retryAfterMillis,
            List<LimitLevel> limits,
            List<BudgetLevel> budgets)
            implements Admission {
        public Throttled {
            limits = List.copyOf(limits);
            budgets = List.copyOf(budgets);
        }
    }

    /** Redis's clock lies outside a window of the claim: the windows are to be computed again for this instant. */
    record WrongWindow(long nowMillis) implements Admission {}

    /** What is counted of the workspace's budgets cannot be trusted: nothing was taken. */
    record Cold(long nowMillis) implements Admission {}

    /** A release of this request id came first. */
    record AlreadyReleased() implements Admission {}
}
