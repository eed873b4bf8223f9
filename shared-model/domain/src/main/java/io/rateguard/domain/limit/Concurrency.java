package io.rateguard.domain.limit;

import io.rateguard.domain.money.Money;
import java.time.Duration;

/**
 * At most {@code max} requests under way at once. Each holds a lease that runs out unless it is renewed, so that what a
 * dying proxy held comes back.
 */
public record Concurrency(long max) implements Limit {

    /** Nobody knows when a request under way will end: when to look again, in milliseconds. */
    public static final long LOOK_AGAIN_MILLIS = 1_000;

    public Concurrency {
        if (max < 0 || max > Money.MAX_COUNTED_NANOS) {
            throw new IllegalArgumentException("max: " + max + " (expected: 0 to " + Money.MAX_COUNTED_NANOS + ")");
        }
    }

    @Override
    public LimitUnit unit() {
        return LimitUnit.REQUESTS;
    }

    @Override
    public long most() {
        return max;
    }

    @Override
    public Duration window() {
        return Duration.ZERO;
    }

    @Override
    public long tickMillis() {
        return 1;
    }

    @Override
    public Concurrency shareOf(int proxies) {
        return new Concurrency(Limit.share(max, proxies));
    }
}
