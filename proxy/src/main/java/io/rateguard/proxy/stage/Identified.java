package io.rateguard.proxy.stage;

import io.rateguard.proxy.policy.KnownKey;
import io.rateguard.proxy.policy.WorkspacePolicy;

/** A request whose key is known, and the policy of its workspace as of now. */
public record Identified(Arrival arrival, KnownKey key, WorkspacePolicy policy) implements Stage {

    @Override
    public Identified identified() {
        return this;
    }
}
