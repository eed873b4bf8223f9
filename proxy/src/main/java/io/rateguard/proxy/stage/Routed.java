package io.rateguard.proxy.stage;

import io.rateguard.proxy.dialect.Route;
import io.rateguard.proxy.policy.KnownApi;

/**
 * A request whose API and route are known.
 *
 * @param upstreamPath the whole path at the upstream, without the query
 */
public record Routed(Identified identified, KnownApi api, String upstreamPath, Route route) implements Stage {

    /** What such a call costs that no model and no price of calls decides on. */
    public Estimate withoutPrice() {
        return route instanceof Route.Unpriced ? Estimate.UNPRICED : Estimate.FREE;
    }

    @Override
    public Arrival arrival() {
        return identified.arrival();
    }

    @Override
    public Routed routed() {
        return this;
    }
}
