package io.rateguard.proxy.stage;

import io.rateguard.counters.Claim;
import io.rateguard.domain.event.RequestEvent;
import java.util.List;

/**
 * A request that every limit and budget let pass: only these are forwarded.
 *
 * @param claim what was taken
 * @param chargedAtMillis the charge instant
 * @param shadowed what limits in shadow mode would have refused it with
 */
public record Admitted(
        Understood understood,
        Claim claim,
        long chargedAtMillis,
        Headroom headroom,
        List<RequestEvent.Refusal> shadowed)
        implements Stage {

    public Admitted {
        shadowed = List.copyOf(shadowed);
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
