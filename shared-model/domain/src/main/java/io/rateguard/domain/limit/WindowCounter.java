package io.rateguard.domain.limit;

import io.rateguard.domain.id.RequestId;

/** A {@link SlidingWindow} counted in memory, in two windows of fixed bounds. */
final class WindowCounter implements LimitCounter {

    private final SlidingWindow window;
    private SlidingWindowState state;

    WindowCounter(SlidingWindow window, long nowMillis) {
        this.window = window;
        state = SlidingWindowState.empty(window, nowMillis);
    }

    @Override
    public boolean has(long amount, long nowMillis) {
        return at(nowMillis).has(window, amount);
    }

    @Override
    public void take(long amount, RequestId request, long nowMillis, long leaseMillis) {
        state = at(nowMillis).plus(amount);
    }

    @Override
    public void correct(long beyond, RequestId request, long takenAtMillis, long nowMillis) {
        state = state.corrected(window, beyond, takenAtMillis);
    }

    @Override
    public long remaining(long nowMillis) {
        return window.max() - at(nowMillis).used(window);
    }

    @Override
    public long millisUntilFull(long nowMillis) {
        return at(nowMillis).millisUntilEmpty(window);
    }

    @Override
    public long millisUntil(long amount, long nowMillis) {
        return at(nowMillis).millisUntil(window, amount);
    }

    private SlidingWindowState at(long nowMillis) {
        return state.at(window, nowMillis);
    }
}
