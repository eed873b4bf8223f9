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

    /** Whether a request is among them; the same as the log asks ClickHouse for. */
    public boolean accepts(RequestRow row) {
        return !row.time().isBefore(from)
                && row.time().isBefore(to)
                && (api == null || api.equals(row.api()))
                && (key == null || key.equals(row.key()))
                && (model == null || model.equals(row.model()))
                && (decision == null || decision == row.decision())
                && (status == null || status == row.status())
                && (customer == null || customer.equals(row.customer()))
                && row.tags().entrySet().containsAll(tags.entrySet());
    }

    /** Whether a range of time is all that it chooses by. */
    public boolean takesAll() {
        return equals(between(from, to));
    }

    /** All requests of a range of time. */
    public static RequestFilter between(Instant from, Instant to) {
        return new RequestFilter(from, to, null, null, null, null, null, null, Map.of());
    }
}
