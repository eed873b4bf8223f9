package io.rateguard.drills.window;

import io.rateguard.domain.limit.SlidingWindow;
import io.rateguard.domain.limit.SlidingWindowState;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What the formula made of some arrivals, beside an exact log's answers.
 *
 * @param passed what the formula let through
 * @param exact what a log of every request would have let through of the same arrivals
 * @param mostOver the most that passed within any window's length, beyond the limit; 0 or more
 * @param mostHeldBack the most that a log would still have had room for when the formula refused; 0 or more
 * @param mostInOneWindow the most that passed in a window of fixed bounds
 */
record Comparison(long offered, long passed, long exact, long mostOver, long mostHeldBack, long mostInOneWindow) {

    static Comparison of(SlidingWindow limit, long[] arrivals) {
        long window = limit.window().toMillis();
        SlidingWindowState state = SlidingWindowState.empty(limit, 0);
        Log passed = new Log(window);
        Log exact = new Log(window);
        long mostOver = 0;
        long mostHeldBack = 0;
        long mostInOneWindow = 0;
        for (long now : arrivals) {
            state = state.at(limit, now);
            passed.forgetBefore(now);
            exact.forgetBefore(now);
            if (exact.size() < limit.max()) {
                exact.add(now);
            }
            if (state.has(limit, 1)) {
                state = state.plus(1);
                passed.add(now);
                mostOver = Math.max(mostOver, passed.size() - limit.max());
                mostInOneWindow = Math.max(mostInOneWindow, state.current());
            } else {
                mostHeldBack = Math.max(mostHeldBack, limit.max() - passed.size());
            }
        }
        return new Comparison(arrivals.length, passed.all, exact.all, mostOver, mostHeldBack, mostInOneWindow);
    }

    /** Every instant within the window that ends now. */
    private static final class Log {

        private final long windowMillis;
        private final Deque<Long> instants = new ArrayDeque<>();
        private long all;

        Log(long windowMillis) {
            this.windowMillis = windowMillis;
        }

        void forgetBefore(long now) {
            while (!instants.isEmpty() && instants.getFirst() <= now - windowMillis) {
                instants.removeFirst();
            }
        }

        void add(long now) {
            instants.addLast(now);
            all++;
        }

        int size() {
            return instants.size();
        }
    }
}
