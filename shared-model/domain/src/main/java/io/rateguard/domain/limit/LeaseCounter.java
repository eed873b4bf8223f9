package io.rateguard.domain.limit;

import io.rateguard.domain.id.RequestId;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * A {@link Concurrency} limit counted in memory: each request with the instant its lease runs out. What has run out is
 * kept a little longer, for a clock that steps back.
 */
final class LeaseCounter implements LimitCounter {

    private static final long KEPT_MILLIS = Duration.ofMinutes(1).toMillis();

    private record Lease(RequestId request, long endMillis) {}

    private final Concurrency limit;
    private final Map<RequestId, Lease> leases = new HashMap<>();
    private final NavigableSet<Lease> byEnd = new TreeSet<>(Comparator.comparingLong(Lease::endMillis)
            .thenComparing(lease -> lease.request().value()));

    LeaseCounter(Concurrency limit) {
        this.limit = limit;
    }

    @Override
    public boolean has(long amount, long nowMillis) {
        return held(nowMillis) + amount <= limit.max();
    }

    @Override
    public void take(long amount, RequestId request, long nowMillis, long leaseMillis) {
        while (!byEnd.isEmpty() && byEnd.first().endMillis() <= nowMillis - KEPT_MILLIS) {
            giveBack(byEnd.first().request());
        }
        giveBack(request);
        Lease lease = new Lease(request, nowMillis + leaseMillis);
        leases.put(request, lease);
        byEnd.add(lease);
    }

    @Override
    public void correct(long beyond, RequestId request, long takenAtMillis, long nowMillis) {
        giveBack(request);
    }

    @Override
    public long remaining(long nowMillis) {
        return limit.max() - held(nowMillis);
    }

    @Override
    public long millisUntilFull(long nowMillis) {
        return held(nowMillis) == 0 ? 0 : Long.MAX_VALUE;
    }

    @Override
    public long millisUntil(long amount, long nowMillis) {
        if (has(amount, nowMillis)) {
            return 0;
        }
        return limit.max() == 0 ? Long.MAX_VALUE : Concurrency.LOOK_AGAIN_MILLIS;
    }

    private long held(long nowMillis) {
        long held = leases.size();
        for (Lease lease : byEnd) {
            if (lease.endMillis() > nowMillis) {
                break;
            }
            held--;
        }
        return held;
    }

    private void giveBack(RequestId request) {
        Lease lease = leases.remove(request);
        if (lease != null) {
            byEnd.remove(lease);
        }
    }
}
