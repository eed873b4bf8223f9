package io.rateguard.domain.limit;

import io.rateguard.domain.id.RequestId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The leases of a {@link Concurrency} limit: each request with the instant its lease runs out. What has run out is kept
 * a little longer, for a clock that steps back.
 */
public record LeasesState(Map<RequestId, Long> endMillis) {

    public static final LeasesState NONE = new LeasesState(Map.of());

    private static final long KEPT_MILLIS = Duration.ofMinutes(1).toMillis();

    public LeasesState {
        endMillis = Map.copyOf(endMillis);
    }

    /** How many requests are under way. */
    public long held(long nowMillis) {
        return endMillis.values().stream().filter(end -> end > nowMillis).count();
    }

    public boolean has(Concurrency limit, long nowMillis) {
        return held(nowMillis) < limit.max();
    }

    /** Takes a lease, or renews it. */
    public LeasesState with(RequestId request, long nowMillis, long lifeMillis) {
        Map<RequestId, Long> more = new HashMap<>(endMillis);
        more.values().removeIf(end -> end <= nowMillis - KEPT_MILLIS);
        more.put(request, nowMillis + lifeMillis);
        return new LeasesState(more);
    }

    public LeasesState without(RequestId request) {
        Map<RequestId, Long> fewer = new HashMap<>(endMillis);
        fewer.remove(request);
        return new LeasesState(fewer);
    }
}
