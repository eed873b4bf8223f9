package io.rateguard.standalone.sample;

import java.util.SplittableRandom;

/** Random figures that follow from a seed. */
final class Draws {

    private final SplittableRandom random;

    Draws(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** For the n-th of many that have a seed in common. */
    Draws(long seed, long n) {
        this(new SplittableRandom(seed ^ n * 0x9E3779B97F4A7C15L).nextLong());
    }

    SplittableRandom random() {
        return random;
    }

    boolean happens(double share) {
        return random.nextDouble() < share;
    }

    /** Around a middle, with a long tail upwards: most between half and twice of it when the spread is 0.5. */
    double around(double middle, double spread) {
        return middle * Math.exp(spread * random.nextGaussian());
    }

    long tokensAround(int middle) {
        return middle == 0 ? 0 : Math.max(1, Math.round(around(middle, 0.45)));
    }

    /** How many of something happen by chance where so many are expected. */
    int poisson(double expected) {
        double product = random.nextDouble();
        double least = Math.exp(-expected);
        int count = 0;
        while (product > least) {
            product *= random.nextDouble();
            count++;
        }
        return count;
    }
}
