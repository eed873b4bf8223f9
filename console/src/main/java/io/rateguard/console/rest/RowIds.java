package io.rateguard.console.rest;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Ids and times of new rows. Ids are UUIDs of version 7 that rise strictly within a process: rows sort in the order they
 * were made.
 */
public final class RowIds {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final AtomicLong LAST_TICK = new AtomicLong();
    private static final int TICK_BITS = 12;
    private static final long VERSION = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private RowIds() {}

    public static UUID next() {
        long now = System.currentTimeMillis() << TICK_BITS;
        long tick = LAST_TICK.updateAndGet(last -> Math.max(last + 1, now));
        long high = tick >>> TICK_BITS << 16 | VERSION | tick & (1 << TICK_BITS) - 1;
        long low = VARIANT | RANDOM.nextLong() >>> 2;
        return new UUID(high, low);
    }

    /** Now, as exactly as the database keeps it. */
    public static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
