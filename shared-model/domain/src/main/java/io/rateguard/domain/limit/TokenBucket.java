package io.rateguard.domain.limit;

import io.rateguard.domain.money.Money;
import java.time.Duration;

/**
 * A bucket of {@code capacity} units that regains {@code refill} units each period, evenly and without losing
 * fractions; it starts full. Capacity 0 means never. Times are counted in ticks, as fine as the product of amount and
 * period stays within the whole numbers that Lua counts exactly (below 2⁵³): of one millisecond for nearly all, of up
 * to an hour for very large amounts over long periods.
 */
public record TokenBucket(LimitUnit unit, long capacity, long refill, Duration period) implements Limit {

    /** Half of what is counted exactly: a script adds what a bucket regains to the fraction it had. */
    private static final long MAX_PRODUCT = Money.MAX_COUNTED_NANOS / 2;

    private static final long[] TICKS_MILLIS = {1, 1_000, 10_000, 60_000, 600_000, 3_600_000};
    private static final long NONE = 0;

    public TokenBucket {
        requireAtLeast("capacity", capacity, 0);
        requireAtLeast("refill", refill, 0);
        requireAtLeast("periodSeconds", period.toSeconds(), 1);
        if (capacity > 0 && refill == 0) {
            throw new IllegalArgumentException("refill: 0 (expected: 1 or more, unless capacity is 0)");
        }
        if (period.toSeconds() > MAX_PRODUCT) {
            throw new IllegalArgumentException(
                    "periodSeconds: " + period.toSeconds() + " (expected: up to " + MAX_PRODUCT + ")");
        }
        if (!period.equals(Duration.ofMillis(period.toMillis()))) {
            throw new IllegalArgumentException("period: " + period + " (expected: whole milliseconds)");
        }
        if (finestTick(capacity, refill, period.toMillis()) == NONE) {
            throw new IllegalArgumentException("capacity " + capacity + ", refill " + refill + ", period " + period
                    + ": out of range (expected: amounts up to " + mostOver(period.toMillis()) + " for this period)");
        }
    }

    @Override
    public long most() {
        return capacity;
    }

    @Override
    public Duration window() {
        return period;
    }

    @Override
    public long tickMillis() {
        return finestTick(capacity, refill, period.toMillis());
    }

    @Override
    public TokenBucket shareOf(int proxies) {
        return new TokenBucket(unit, Limit.share(capacity, proxies), Limit.share(refill, proxies), period);
    }

    public long periodTicks() {
        return period.toMillis() / tickMillis();
    }

    private static long finestTick(long capacity, long refill, long periodMillis) {
        long most = Math.max(Math.max(capacity, refill), 1);
        for (long tick : TICKS_MILLIS) {
            if (periodMillis % tick == 0 && periodMillis / tick <= MAX_PRODUCT / most) {
                return tick;
            }
        }
        return NONE;
    }

    private static long mostOver(long periodMillis) {
        long coarsest = NONE;
        for (long tick : TICKS_MILLIS) {
            coarsest = periodMillis % tick == 0 ? tick : coarsest;
        }
        return MAX_PRODUCT / (periodMillis / coarsest);
    }

    private static void requireAtLeast(String name, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + least + " or more)");
        }
    }
}
