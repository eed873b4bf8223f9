package io.rateguard.proxy.policy;

import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.key.KeyStatus;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A RateGuard key as the proxy knows it.
 *
 * @param apis slugs of the APIs it may call; null means every one
 * @param expiresAtMillis {@link Long#MAX_VALUE} when it never expires
 */
public record KnownKey(
        ApiKeyId id,
        WorkspaceId workspace,
        String name,
        KeyStatus status,
        @Nullable Set<String> apis,
        Map<String, String> tags,
        @Nullable String project,
        @Nullable String customer,
        long expiresAtMillis) {

    public boolean mayCall(String api) {
        return apis == null || apis.contains(api);
    }
}
