package io.rateguard.counters;

import io.rateguard.counters.LimitKit.Step;
import io.rateguard.domain.limit.SlidingWindow;
import io.rateguard.domain.limit.SlidingWindowState;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;

/**
 * A sliding window as one sentence says it: what the window of fixed bounds has counted, and of the one before it the
 * share that is not over yet, rounded up. It keeps the counts of all windows, and walks to the instants it is asked for.
 */
final class SlidingWindowOracle implements LimitKit.Subject {

    private static final BigInteger MOST = BigInteger.valueOf(SlidingWindowState.MOST);

    private final SlidingWindow limit;
    private final long window;
    private final Map<Long, BigInteger> counts = new HashMap<>();
    private final Queue<Long> charged = new ArrayDeque<>();
    private long latestWindow = Long.MIN_VALUE;

    SlidingWindowOracle(SlidingWindow limit) {
        this.limit = limit;
        window = limit.windowTicks();
    }

    @Override
    public Step take(long amount, long nowMillis) {
        long now = now(nowMillis);
        boolean granted = used(now).add(BigInteger.valueOf(amount)).compareTo(BigInteger.valueOf(limit.max())) <= 0;
        long retryTicks = granted ? 0 : ticksUntil(now, amount);
        if (granted) {
            add(now / window, amount);
            charged.add(nowMillis);
            latestWindow = now / window;
        }
        long remaining = BigInteger.valueOf(limit.max()).subtract(used(now)).longValueExact();
        return new Step(granted, retryTicks * limit.tickMillis(), remaining, untilFull(now) * limit.tickMillis());
    }

    @Override
    public void correct(long taken, long actual, long nowMillis) {
        long chargedWindow = charged.remove() / limit.tickMillis() / window;
        add(chargedWindow, actual - taken);
    }

    /** In ticks; a clock that stepped back over a window's start stays at that start. */
    private long now(long nowMillis) {
        long now = nowMillis / limit.tickMillis();
        return now / window < latestWindow ? latestWindow * window : now;
    }

    private void add(long index, long amount) {
        BigInteger sum = counts.getOrDefault(index, BigInteger.ZERO).add(BigInteger.valueOf(amount));
        counts.put(index, sum.max(BigInteger.ZERO).min(MOST));
    }

    private BigInteger used(long tick) {
        long index = tick / window;
        BigInteger left = BigInteger.valueOf(window - tick % window);
        BigInteger[] share = counts.getOrDefault(index - 1, BigInteger.ZERO)
                .multiply(left)
                .divideAndRemainder(BigInteger.valueOf(window));
        return counts.getOrDefault(index, BigInteger.ZERO).add(share[0]).add(BigInteger.valueOf(share[1].signum()));
    }

    /** The first tick at which it passes: what is used only falls, so a step too early never passes. */
    private long ticksUntil(long now, long amount) {
        BigInteger most = BigInteger.valueOf(limit.max() - amount);
        long first = now + 1;
        long last = (now / window + 2) * window;
        while (first < last) {
            long middle = first + (last - first) / 2;
            if (used(middle).compareTo(most) <= 0) {
                last = middle;
            } else {
                first = middle + 1;
            }
        }
        return first - now;
    }

    private long untilFull(long now) {
        long index = now / window;
        long left = window - now % window;
        if (counts.getOrDefault(index, BigInteger.ZERO).signum() > 0) {
            return left + window;
        }
        return counts.getOrDefault(index - 1, BigInteger.ZERO).signum() > 0 ? left : 0;
    }
}
