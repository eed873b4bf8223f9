package io.rateguard.counters;

import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.limit.Concurrency;
import io.rateguard.domain.limit.LeasesState;
import java.util.ArrayDeque;
import java.util.Queue;

/** The pure Java leases of the domain pass the kit that the script passes. */
class LeasesStateTest extends ConcurrencyKit {

    @Override
    Subject start(Concurrency limit) {
        return new Subject() {
            private final Queue<RequestId> underWay = new ArrayDeque<>();
            private LeasesState state = LeasesState.NONE;

            @Override
            public Step take(long amount, long nowMillis) {
                if (!state.has(limit, nowMillis)) {
                    long wait = limit.max() == 0 ? Long.MAX_VALUE : Concurrency.LOOK_AGAIN_MILLIS;
                    return step(false, wait, nowMillis);
                }
                RequestId request = CountersOnRedis.request();
                underWay.add(request);
                state = state.with(request, nowMillis, CountersOnRedis.HOLD_LIFE_MILLIS);
                return step(true, 0, nowMillis);
            }

            @Override
            public void correct(long taken, long actual, long nowMillis) {
                state = state.without(underWay.remove());
            }

            private Step step(boolean granted, long retryAfterMillis, long nowMillis) {
                long held = state.held(nowMillis);
                return new Step(granted, retryAfterMillis, limit.max() - held, held == 0 ? 0 : Long.MAX_VALUE);
            }
        };
    }
}
