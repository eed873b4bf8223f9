package io.rateguard.proxy.policy;

import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.key.Secret.SecretHash;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** What the request path asks of the policy. What is looked up arrives on a thread of the policy's own. */
public interface Policies {

    /** The key if it is in memory and may still be relied on; null when it has to be looked up. */
    @Nullable
    KnownKey cachedKey(SecretHash hash);

    /** Whether this hash was looked up a moment ago and is no key. */
    boolean isKnownUnknown(SecretHash hash);

    /** Looks a key up. Fails with {@link PolicyUnavailable} when PostgreSQL does not answer. */
    Mono<Optional<KnownKey>> lookUpKey(SecretHash hash);

    /** The policy of a workspace if it is in memory and may still be relied on; null when it has to be looked up. */
    @Nullable
    WorkspacePolicy cachedWorkspace(WorkspaceId id);

    /** Looks a workspace's policy up. Fails with {@link PolicyUnavailable} when PostgreSQL does not answer. */
    Mono<Optional<WorkspacePolicy>> lookUpWorkspace(WorkspaceId id);
}
