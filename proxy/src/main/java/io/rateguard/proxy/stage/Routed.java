package io.rateguard.proxy.stage;

import io.rateguard.proxy.dialect.Route;
import io.rateguard.proxy.policy.KnownApi;

/**
 * A request whose API and route are known.
 *
 * @param upstreamPath the whole path at the upstream, without the query
 */
public record Routed(Identified identified, KnownApi api, String upstreamPath, Route route) implements Stage {

    @Override
    public Arrival arrival() {
        return identified.arrival();
    }

    @Override
    public Routed routed() {
        return this;
    }
}
