package io.rateguard.standalone.sample;

import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Keeps what is sent below a rate, in small bursts: whoever uses the product meanwhile would wait behind it. What a stall
 * has cost is not made up for.
 */
final class Pace {

    private static final long SECOND_NANOS = 1_000_000_000;
    private static final long BURST_NANOS = 50_000_000;

    private final long intervalNanos;
    private final LongSupplier clockNanos;
    private final LongConsumer sleepNanos;
    private long dueNanos;

    Pace(int perSecond, LongSupplier clockNanos, LongConsumer sleepNanos) {
        this.intervalNanos = SECOND_NANOS / perSecond;
        this.clockNanos = clockNanos;
        this.sleepNanos = sleepNanos;
        this.dueNanos = clockNanos.getAsLong();
    }

    /** Before each that is sent. */
    void await() {
        long nowNanos = clockNanos.getAsLong();
        dueNanos = Math.max(dueNanos, nowNanos - BURST_NANOS) + intervalNanos;
        if (dueNanos - nowNanos >= BURST_NANOS) {
            sleepNanos.accept(dueNanos - nowNanos);
        }
    }
}
