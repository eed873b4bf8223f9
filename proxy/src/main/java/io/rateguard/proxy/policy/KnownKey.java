package io.rateguard.proxy.policy;

import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.key.CustomerHeader;
import io.rateguard.domain.key.KeyScope;
import io.rateguard.domain.key.KeyStatus;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A RateGuard key as the proxy knows it.
 *
 * @param line the first of the keys that count as one with it by rotation: what limits and budgets know it by
 * @param expiresAtMillis the first instant at which it works no more, be it its end or that of its grace;
 *     {@link Long#MAX_VALUE} when it never expires
 */
public record KnownKey(
        ApiKeyId id,
        ApiKeyId line,
        WorkspaceId workspace,
        String name,
        KeyStatus status,
        KeyScope scope,
        Map<String, String> tags,
        @Nullable String project,
        @Nullable String customer,
        CustomerHeader customerHeader,
        long expiresAtMillis) {}
