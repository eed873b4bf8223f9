package io.rateguard.counters;

import io.rateguard.counters.LimitKit.Step;
import io.rateguard.domain.limit.SlidingWindow;
import java.util.ArrayList;
import java.util.List;

/**
 * At most so many requests in any window that ends now: every one that ever passed is kept and counted anew. The clock
 * never runs before the last one.
 */
final class SlidingLogOracle implements LimitKit.Subject {

    private final SlidingWindow limit;
    private final List<Long> passed = new ArrayList<>();

    SlidingLogOracle(SlidingWindow limit) {
        this.limit = limit;
    }

    @Override
    public Step take(long amount, long clockMillis) {
        long nowMillis = passed.isEmpty() ? clockMillis : Math.max(clockMillis, passed.getLast());
        boolean granted = covered(nowMillis).size() < limit.max();
        if (granted) {
            passed.add(nowMillis);
        }
        List<Long> covered = covered(nowMillis);
        long untilFull = covered.isEmpty() ? 0 : leaves(covered.getLast()) - nowMillis;
        return new Step(granted, granted ? 0 : retryAfter(covered, nowMillis), limit.max() - covered.size(), untilFull);
    }

    @Override
    public void correct(long taken, long actual, long nowMillis) {
        // A request counts as one, whatever it used.
    }

    private long retryAfter(List<Long> covered, long nowMillis) {
        return limit.max() == 0 ? Long.MAX_VALUE : leaves(covered.getFirst()) - nowMillis;
    }

    private List<Long> covered(long nowMillis) {
        return passed.stream().filter(instant -> leaves(instant) > nowMillis).toList();
    }

    private long leaves(long instant) {
        return instant + limit.window().toMillis();
    }
}
