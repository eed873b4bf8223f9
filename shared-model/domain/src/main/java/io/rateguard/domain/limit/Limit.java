package io.rateguard.domain.limit;

import java.time.Duration;

/** How much passes, by one of the algorithms. Times are counted in ticks, so that Lua counts all of them exactly. */
public sealed interface Limit permits TokenBucket, SlidingWindow, Concurrency {

    LimitUnit unit();

    /** The most that passes at once; 0 means never. */
    long most();

    /** The time in which that much passes; zero where time does not bring anything back. */
    Duration window();

    /** The length of a tick in milliseconds. */
    long tickMillis();

    /**
     * What a request of this size takes: an amount above the most takes all of it. Where nothing passes, it is more than
     * there will ever be, whatever the amount.
     */
    default long taking(long amount) {
        return most() == 0 ? Math.max(amount, 1) : Math.min(amount, most());
    }

    /** What one of so many proxies may let pass by itself: an equal part, at least 1; nothing where nothing passes. */
    Limit shareOf(int proxies);

    /** The share of one amount, as {@link #shareOf} has it. */
    static long share(long amount, int proxies) {
        return amount == 0 ? 0 : Math.max(1, amount / proxies);
    }
}
