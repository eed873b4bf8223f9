package io.rateguard.proxy.stage;

import io.rateguard.counters.Claim;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.money.Money;
import io.rateguard.proxy.local.LocalTaking;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that every limit and budget let pass: only these are forwarded.
 *
 * @param claim what was taken; of budgets, where this proxy decided by itself, what is to be charged later
 * @param chargedAtMillis the charge instant
 * @param shadowed what limits in shadow mode would have refused it with
 * @param epoch in which the store counts the claim's budgets
 * @param local what was taken of this proxy's own counters, when the store did not answer
 * @param cold the store counts the limits alone, since what it has counted of budgets is being rebuilt
 */
public record Admitted(
        Understood understood,
        Claim claim,
        long chargedAtMillis,
        Headroom headroom,
        List<RequestEvent.Refusal> shadowed,
        long epoch,
        @Nullable LocalTaking local,
        boolean cold)
        implements Stage {

    public Admitted {
        shadowed = List.copyOf(shadowed);
    }

    /** Whether failure policies decided in place of the store, so that budgets are charged later. */
    public boolean degraded() {
        return local != null || cold;
    }

    /** What each of its budgets holds. */
    public Money hold() {
        return claim.budgets().isEmpty()
                ? understood.estimate().hold()
                : claim.budgets().getFirst().hold();
    }

    /** With another amount held in each of its budgets. */
    public Admitted holding(Money hold) {
        return new Admitted(understood, claim.holding(hold), chargedAtMillis, headroom, shadowed, epoch, local, cold);
    }

    /** What the store has taken or holds for this request. */
    public Claim counted() {
        return cold ? claim.withoutBudgets() : claim;
    }

    @Override
    public Arrival arrival() {
        return understood.arrival();
    }

    @Override
    public Identified identified() {
        return understood.identified();
    }

    @Override
    public Routed routed() {
        return understood.routed();
    }
}
