package io.rateguard.proxy.stage;

import io.rateguard.counters.Claim;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.proxy.local.LocalTaking;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that every limit and budget let pass: only these are forwarded.
 *
 * @param claim what was taken; of budgets, where this proxy decided by itself, what is to be charged later
 * @param chargedAtMillis the charge instant
 * @param shadowed what limits in shadow mode would have refused it with
 * @param local what was taken of this proxy's own counters, when the store did not answer
 */
public record Admitted(
        Understood understood,
        Claim claim,
        long chargedAtMillis,
        Headroom headroom,
        List<RequestEvent.Refusal> shadowed,
        @Nullable LocalTaking local)
        implements Stage {

    public Admitted {
        shadowed = List.copyOf(shadowed);
    }

    /** Whether failure policies decided in place of the store. */
    public boolean degraded() {
        return local != null;
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
