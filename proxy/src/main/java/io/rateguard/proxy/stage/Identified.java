package io.rateguard.proxy.stage;

import io.rateguard.proxy.policy.KnownKey;
import io.rateguard.proxy.policy.WorkspacePolicy;
import org.jspecify.annotations.Nullable;

/**
 * A request whose key is known, and the policy of its workspace as of now.
 *
 * @param customer for whom it is made: the key's own customer, else the one the caller names if the key trusts that
 */
public record Identified(
        Arrival arrival, KnownKey key, @Nullable String customer, WorkspacePolicy policy) implements Stage {

    @Override
    public Identified identified() {
        return this;
    }
}
