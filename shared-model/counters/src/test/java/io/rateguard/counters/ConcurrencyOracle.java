package io.rateguard.counters;

import io.rateguard.counters.LimitKit.Step;
import io.rateguard.domain.limit.Concurrency;
import java.util.ArrayList;
import java.util.List;

/** At most so many requests that have begun, have not ended, and began less than a hold's life ago. */
final class ConcurrencyOracle implements LimitKit.Subject {

    private final Concurrency limit;
    private final List<Long> begun = new ArrayList<>();
    private int ended;

    ConcurrencyOracle(Concurrency limit) {
        this.limit = limit;
    }

    @Override
    public Step take(long amount, long nowMillis) {
        boolean granted = underWay(nowMillis) < limit.max();
        if (granted) {
            begun.add(nowMillis);
        }
        long underWay = underWay(nowMillis);
        return new Step(
                granted,
                granted ? 0 : limit.max() == 0 ? Long.MAX_VALUE : Concurrency.LOOK_AGAIN_MILLIS,
                limit.max() - underWay,
                underWay == 0 ? 0 : Long.MAX_VALUE);
    }

    @Override
    public void correct(long taken, long actual, long nowMillis) {
        ended++;
    }

    private long underWay(long nowMillis) {
        return begun.stream()
                .skip(ended)
                .filter(start -> start + CountersOnRedis.HOLD_LIFE_MILLIS > nowMillis)
                .count();
    }
}
