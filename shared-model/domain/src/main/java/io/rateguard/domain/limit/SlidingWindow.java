package io.rateguard.domain.limit;

import io.rateguard.domain.money.Money;
import java.time.Duration;

/**
 * At most {@code max} units within any {@code window}. Up to {@link #LOGGED_REQUESTS} requests are kept one by one and
 * counted exactly. Anything more is counted in two windows of fixed bounds: what was used is the current one's count and
 * that share of the one before which the window still covers, rounded up, as if its uses had been spread evenly. Ticks
 * are milliseconds for windows up to a day, seconds above.
 */
public record SlidingWindow(LimitUnit unit, long max, Duration window) implements Limit {

    /** So many entries can be swept in one call. */
    public static final int LOGGED_REQUESTS = 64;

    /** Two windows' counts stay within the whole numbers that Lua adds exactly. */
    private static final long MOST = Money.MAX_COUNTED_NANOS / 2;

    private static final Duration LONGEST = Duration.ofDays(366);
    private static final Duration LONGEST_IN_MILLIS = Duration.ofDays(1);

    public SlidingWindow {
        if (max < 0 || max > MOST) {
            throw new IllegalArgumentException("max: " + max + " (expected: 0 to " + MOST + ")");
        }
        if (window.compareTo(Duration.ofSeconds(1)) < 0 || window.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "windowSeconds: " + window.toSeconds() + " (expected: 1 to " + LONGEST.toSeconds() + ")");
        }
        if (!window.equals(Duration.ofSeconds(window.toSeconds()))) {
            throw new IllegalArgumentException("window: " + window + " (expected: whole seconds)");
        }
    }

    @Override
    public long most() {
        return max;
    }

    @Override
    public long tickMillis() {
        return isLogged() || window.compareTo(LONGEST_IN_MILLIS) <= 0 ? 1 : 1_000;
    }

    @Override
    public SlidingWindow shareOf(int proxies) {
        return new SlidingWindow(unit, Limit.share(max, proxies), window);
    }

    public long windowTicks() {
        return window.toMillis() / tickMillis();
    }

    /** Whether each request is kept, so that the count is exact. */
    public boolean isLogged() {
        return unit == LimitUnit.REQUESTS && max <= LOGGED_REQUESTS;
    }
}
