package io.rateguard.domain.limit;

import io.rateguard.domain.id.ApiKeyId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What limits and budgets may ask of a request. The path is the upstream path without its query, decoded, in small
 * letters and without empty segments, so that no spelling of it goes past a limit; tags and customer are only those that
 * can be trusted. The key is the first of its line: a key and what followed it by rotation count as one.
 */
public record RequestFacts(
        String api,
        String method,
        String path,
        @Nullable String model,
        ApiKeyId key,
        @Nullable String project,
        @Nullable String customer,
        Map<String, String> tags,
        String clientAddress) {}
