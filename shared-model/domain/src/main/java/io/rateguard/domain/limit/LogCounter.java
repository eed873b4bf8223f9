package io.rateguard.domain.limit;

import io.rateguard.domain.id.RequestId;

/** A {@link SlidingWindow} of few requests counted in memory, each of them kept. */
final class LogCounter implements LimitCounter {

    private final SlidingWindow window;
    private SlidingLogState state = SlidingLogState.EMPTY;

    LogCounter(SlidingWindow window) {
        this.window = window;
    }

    @Override
    public boolean has(long amount, long nowMillis) {
        return at(nowMillis).has(window);
    }

    @Override
    public void take(long amount, RequestId request, long nowMillis, long leaseMillis) {
        state = at(nowMillis).plus(nowMillis);
    }

    @Override
    public void correct(long beyond, RequestId request, long takenAtMillis, long nowMillis) {
        if (beyond < 0) {
            state = state.minus(takenAtMillis);
        }
    }

    @Override
    public long remaining(long nowMillis) {
        return window.max() - at(nowMillis).instants().size();
    }

    @Override
    public long millisUntilFull(long nowMillis) {
        return at(nowMillis).millisUntilEmpty(window, nowMillis);
    }

    @Override
    public long millisUntil(long amount, long nowMillis) {
        return at(nowMillis).millisUntilOneMore(window, nowMillis);
    }

    private SlidingLogState at(long nowMillis) {
        return state.at(window, nowMillis);
    }
}
