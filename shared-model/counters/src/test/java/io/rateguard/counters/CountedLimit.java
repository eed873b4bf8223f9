package io.rateguard.counters;

import io.rateguard.counters.LimitKit.Step;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.limit.Limit;
import io.rateguard.domain.limit.LimitCounter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/** A limit as the domain counts it in memory. */
final class CountedLimit implements LimitKit.Subject {

    private static final long SOME_TIME_MILLIS = Duration.ofHours(1).toMillis();

    private record Granted(RequestId request, long atMillis) {}

    private final LimitCounter counter;
    private final Queue<Granted> granted = new ArrayDeque<>();

    CountedLimit(Limit limit) {
        counter = LimitCounter.of(limit, CountersOnRedis.START_MILLIS - SOME_TIME_MILLIS);
    }

    @Override
    public Step take(long amount, long nowMillis) {
        long retryAfterMillis = counter.millisUntil(amount, nowMillis);
        boolean has = counter.has(amount, nowMillis);
        if (has) {
            Granted next = new Granted(CountersOnRedis.request(), nowMillis);
            granted.add(next);
            counter.take(amount, next.request(), nowMillis, CountersOnRedis.HOLD_LIFE_MILLIS);
        }
        return new Step(has, retryAfterMillis, counter.remaining(nowMillis), counter.millisUntilFull(nowMillis));
    }

    @Override
    public void correct(long taken, long actual, long nowMillis) {
        Granted oldest = granted.remove();
        counter.correct(actual - taken, oldest.request(), oldest.atMillis(), nowMillis);
    }
}
