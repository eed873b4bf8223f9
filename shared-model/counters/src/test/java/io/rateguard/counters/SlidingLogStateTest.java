package io.rateguard.counters;

import io.rateguard.domain.limit.SlidingLogState;
import io.rateguard.domain.limit.SlidingWindow;

/** The pure Java log of the domain passes the kit that the script passes. */
class SlidingLogStateTest extends SlidingLogKit {

    @Override
    Subject start(SlidingWindow limit) {
        return new Subject() {
            private SlidingLogState state = SlidingLogState.EMPTY;

            @Override
            public Step take(long amount, long nowMillis) {
                SlidingLogState now = state.at(limit, nowMillis);
                if (!now.has(limit)) {
                    return step(false, now.millisUntilOneMore(limit, nowMillis), now, nowMillis);
                }
                state = now.plus(nowMillis);
                return step(true, 0, state, nowMillis);
            }

            @Override
            public void correct(long taken, long actual, long nowMillis) {
                // A request counts as one, whatever it used.
            }

            private Step step(boolean granted, long retryAfterMillis, SlidingLogState after, long nowMillis) {
                return new Step(
                        granted,
                        retryAfterMillis,
                        limit.max() - after.instants().size(),
                        after.millisUntilEmpty(limit, nowMillis));
            }
        };
    }
}
