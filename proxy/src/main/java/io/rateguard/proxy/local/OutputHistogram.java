package io.rateguard.proxy.local;

import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Numbers of tokens, counted in buckets each a fifth larger than the one before. When there are enough of them all counts
 * are halved, so that what is older weighs less. Several threads may add; a number that meets a halving may be lost.
 */
final class OutputHistogram {

    static final int FEWEST = 20;

    private static final int ENOUGH = 500;
    private static final int BUCKETS_PER_DOUBLING = 4;
    private static final int DOUBLINGS = 24;
    private static final int PERCENT = 95;

    private final AtomicIntegerArray counts = new AtomicIntegerArray(BUCKETS_PER_DOUBLING * DOUBLINGS + 1);

    void add(long tokens) {
        counts.incrementAndGet(bucket(tokens));
        if (total() >= ENOUGH) {
            for (int i = 0; i < counts.length(); i++) {
                counts.set(i, counts.get(i) / 2);
            }
        }
    }

    /** The upper end of the bucket up to which 95 of 100 are counted. */
    OptionalLong usual() {
        int total = total();
        if (total < FEWEST) {
            return OptionalLong.empty();
        }
        int within = 0;
        int bucket = -1;
        while (within * 100L < (long) total * PERCENT && bucket < counts.length() - 1) {
            within += counts.get(++bucket);
        }
        return OptionalLong.of(upperEnd(bucket));
    }

    private int total() {
        int total = 0;
        for (int i = 0; i < counts.length(); i++) {
            total += counts.get(i);
        }
        return total;
    }

    private static int bucket(long tokens) {
        if (tokens <= 1) {
            return 0;
        }
        double doublings = Math.log((double) tokens) / Math.log(2);
        return (int) Math.min(Math.ceil(doublings * BUCKETS_PER_DOUBLING - 1e-9), BUCKETS_PER_DOUBLING * DOUBLINGS);
    }

    private static long upperEnd(int bucket) {
        return (long) Math.floor(Math.pow(2, bucket / (double) BUCKETS_PER_DOUBLING) + 1e-9);
    }
}
