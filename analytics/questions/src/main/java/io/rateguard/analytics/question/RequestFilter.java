package io.rateguard.analytics.question;

import io.rateguard.domain.event.Decision;
import io.rateguard.domain.id.ApiKeyId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which requests to list; what is null filters nothing.
 *
 * @param from the first charge instant
 * @param to the charge instant that is no longer part of it
 * @param api the API's slug
 * @param tags all of them with these values
 */
public record RequestFilter(
        Instant from,
        Instant to,
        @Nullable String api,
        @Nullable ApiKeyId key,
        @Nullable String model,
        @Nullable Decision decision,
        @Nullable Integer status,
        @Nullable String customer,
        Map<String, String> tags) {

    public RequestFilter {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("to: " + to + " (expected: not before from, " + from + ")");
        }
        tags = Map.copyOf(tags);
    }

    /** All requests of a range of time. */
    public static RequestFilter between(Instant from, Instant to) {
        return new RequestFilter(from, to, null, null, null, null, null, null, Map.of());
    }
}
