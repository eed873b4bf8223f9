package io.rateguard.counters;

import io.rateguard.domain.limit.SlidingWindow;
import io.rateguard.domain.limit.SlidingWindowState;
import java.util.ArrayDeque;
import java.util.Queue;

/** The pure Java window of the domain passes the kit that the script passes. */
class SlidingWindowStateTest extends SlidingWindowKit {

    @Override
    Subject start(SlidingWindow limit) {
        return new Subject() {
            private final Queue<Long> charged = new ArrayDeque<>();
            private SlidingWindowState state = SlidingWindowState.empty(limit, 0);

            @Override
            public Step take(long amount, long nowMillis) {
                SlidingWindowState now = state.at(limit, nowMillis);
                if (!now.has(limit, amount)) {
                    return step(false, now.millisUntil(limit, amount), now);
                }
                state = now.plus(amount);
                charged.add(nowMillis);
                return step(true, 0, state);
            }

            @Override
            public void correct(long taken, long actual, long nowMillis) {
                long chargedAtMillis = charged.remove();
                if (actual != taken) {
                    SlidingWindowState now = state.at(limit, nowMillis);
                    SlidingWindowState corrected = now.corrected(limit, actual - taken, chargedAtMillis);
                    state = corrected.equals(now) ? state : corrected;
                }
            }

            private Step step(boolean granted, long retryAfterMillis, SlidingWindowState after) {
                return new Step(
                        granted, retryAfterMillis, limit.max() - after.used(limit), after.millisUntilEmpty(limit));
            }
        };
    }
}
