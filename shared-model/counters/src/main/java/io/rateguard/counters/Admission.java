package io.rateguard.counters;

import java.util.List;

/** The answer to a claim. Levels come in the order of the claim; only {@link Admitted} has taken anything. */
public sealed interface Admission {

    /**
     * Everything was taken; a repeat of the same request id takes nothing more. Levels are those after taking.
     *
     * @param chargedAtMillis Redis's clock when it was taken: the instant that decides windows and charts
     * @param shadowed the limits in shadow mode that would have refused; of them nothing was taken
     */
    record Admitted(long chargedAtMillis, List<Shadowed> shadowed, List<LimitLevel> limits, List<BudgetLevel> budgets)
            implements Admission {
        public Admitted {
            shadowed = List.copyOf(shadowed);
            limits = List.copyOf(limits);
            budgets = List.copyOf(budgets);
        }
    }

    /** A limit in shadow mode had too little left; {@link Long#MAX_VALUE} as time to wait means never. */
    record Shadowed(LimitClaim claim, long retryAfterMillis) {}

    /** A limit had too little left; {@link Long#MAX_VALUE} as time to wait means never. */
    record LimitReached(
            LimitClaim claim,
            long decidedAtMillis,
            long retryAfterMillis,
            List<LimitLevel> limits,
            List<BudgetLevel> budgets)
            implements Admission {
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

    /** Redis's clock lies outside a window of the claim: the windows are to be computed again for this instant. */
    record WrongWindow(long nowMillis) implements Admission {}

    /** A release of this request id came first. */
    record AlreadyReleased() implements Admission {}
}
