package io.rateguard.domain.limit;

/**
 * What a {@link SlidingWindow} has counted: in the window of fixed bounds that holds {@code tick}, and in the one before
 * it. Both counts stay at or below {@link #MOST}; what is more is forgotten.
 */
public record SlidingWindowState(long tick, long current, long previous) {

    /** Two of them are still added exactly in Lua. */
    public static final long MOST = 1L << 52;

    public static SlidingWindowState empty(SlidingWindow limit, long nowMillis) {
        return new SlidingWindowState(nowMillis / limit.tickMillis(), 0, 0);
    }

    /** The counts as they stand now. A clock that stepped back over a window's start stays at that start. */
    public SlidingWindowState at(SlidingWindow limit, long nowMillis) {
        long now = nowMillis / limit.tickMillis();
        long window = limit.windowTicks();
        long passed = now / window - tick / window;
        if (passed < 0) {
            return new SlidingWindowState(tick / window * window, current, previous);
        }
        if (passed == 0) {
            return new SlidingWindowState(now, current, previous);
        }
        return new SlidingWindowState(now, 0, passed == 1 ? current : 0);
    }

    /** What the window that ends now has used. */
    public long used(SlidingWindow limit) {
        long window = limit.windowTicks();
        return current + share(previous, window - tick % window, window);
    }

    public boolean has(SlidingWindow limit, long amount) {
        return used(limit) + amount <= limit.max();
    }

    public SlidingWindowState plus(long amount) {
        return new SlidingWindowState(tick, counted(current + amount), previous);
    }

    /** Puts right what was counted at an instant: in its window, as far as that is one of the two. */
    public SlidingWindowState corrected(SlidingWindow limit, long beyond, long chargedAtMillis) {
        long window = limit.windowTicks();
        long ago = tick / window - chargedAtMillis / limit.tickMillis() / window;
        return switch ((int) Math.clamp(ago, -1, 2)) {
            case 2 -> this;
            case 1 -> new SlidingWindowState(tick, current, counted(previous + beyond));
            default -> new SlidingWindowState(tick, counted(current + beyond), previous);
        };
    }

    /** Milliseconds until nothing of what was counted is left; 0 when nothing is. */
    public long millisUntilEmpty(SlidingWindow limit) {
        long left = limit.windowTicks() - tick % limit.windowTicks();
        if (current > 0) {
            return (left + limit.windowTicks()) * limit.tickMillis();
        }
        return previous > 0 ? left * limit.tickMillis() : 0;
    }

    /** Milliseconds until this amount, at most the limit's own, passes; 0 when it passes now. */
    public long millisUntil(SlidingWindow limit, long amount) {
        if (has(limit, amount)) {
            return 0;
        }
        long tooSoon = 0;
        long enough = 2 * limit.windowTicks() - tick % limit.windowTicks();
        while (enough - tooSoon > 1) {
            long middle = (tooSoon + enough) / 2;
            if (usedAfter(limit, middle) + amount <= limit.max()) {
                enough = middle;
            } else {
                tooSoon = middle;
            }
        }
        return enough * limit.tickMillis();
    }

    private long usedAfter(SlidingWindow limit, long ticks) {
        long window = limit.windowTicks();
        long left = window - tick % window;
        return ticks < left
                ? current + share(previous, left - ticks, window)
                : share(current, window - (ticks - left), window);
    }

    /** count × part / whole, rounded up, without a product above what Lua counts exactly. */
    private static long share(long count, long part, long whole) {
        return count / whole * part + Math.ceilDiv(count % whole * part, whole);
    }

    private static long counted(long count) {
        return Math.clamp(count, 0, MOST);
    }
}
