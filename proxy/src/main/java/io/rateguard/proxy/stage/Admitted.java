package io.rateguard.proxy.stage;

import io.rateguard.counters.Claim;

/**
 * A request that every limit and budget let pass: only these are forwarded.
 *
 * @param claim what was taken
 * @param chargedAtMillis the charge instant
 */
public record Admitted(Understood understood, Claim claim, long chargedAtMillis, Headroom headroom) implements Stage {

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
