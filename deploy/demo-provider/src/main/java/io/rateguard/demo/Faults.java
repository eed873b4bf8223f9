package io.rateguard.demo;

import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;

/** Picks the requests that fail for drills: by their number and a seed, so that a run can be repeated. */
final class Faults {

    private static final int[] STATUSES = {429, 500, 503};
    private static final int[] ANTHROPIC_STATUSES = {429, 500, 529};
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final double rate;
    private final long seed;
    private final AtomicLong requests = new AtomicLong();

    Faults(double rate, long seed) {
        this.rate = rate;
        this.seed = seed;
    }

    OptionalInt next(Dialect dialect) {
        if (rate == 0) {
            return OptionalInt.empty();
        }
        long bits = mixed(mixed(seed) + requests.incrementAndGet() * GOLDEN);
        double draw = (bits >>> 11) * 0x1.0p-53;
        int[] statuses = dialect == Dialect.ANTHROPIC ? ANTHROPIC_STATUSES : STATUSES;
        return draw < rate ? OptionalInt.of(statuses[(int) (bits & 0x7FF) % statuses.length]) : OptionalInt.empty();
    }

    /** The finisher of SplitMix64. */
    private static long mixed(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
