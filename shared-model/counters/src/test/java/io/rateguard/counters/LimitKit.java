package io.rateguard.counters;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.limit.Limit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every implementation of a kind of limit does, step by step, held against an oracle of unbounded numbers. */
abstract class LimitKit<L extends Limit> {

    private static final int STEPS = 60;

    /** A counter that starts untouched and is asked at instants that mostly, but not always, go forward. */
    interface Subject {

        Step take(long amount, long nowMillis);

        /** Gives back, or takes what was used beyond; once for each take that was granted, oldest first. */
        void correct(long taken, long actual, long nowMillis);
    }

    /** The answer to one take, with the level after it. */
    record Step(boolean granted, long retryAfterMillis, long remaining, long millisUntilFull) {}

    /** Any limit of this kind, as likely small as large. */
    abstract L limit(Random random);

    abstract Subject oracle(L limit);

    /** The implementation that is held against the oracle. */
    abstract Subject start(L limit);

    /** What a request that took so much may turn out to have used. */
    abstract long actual(Random random, L limit, long took, long remaining);

    static List<Long> seeds() {
        return new Random(20_261_123).longs(40).boxed().toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void agreesWithTheOracleOnARandomSchedule(long seed) {
        Random random = new Random(seed);
        L limit = limit(random);
        Subject subject = start(limit);
        Subject oracle = oracle(limit);
        List<Long> taken = new ArrayList<>();
        long remaining = limit.most();
        long nowMillis = CountersOnRedis.START_MILLIS;
        for (int step = 0; step < STEPS; step++) {
            nowMillis += pause(random, limit);
            long amount = limit.taking(amount(random, limit));
            if (random.nextInt(4) == 0 && !taken.isEmpty()) {
                long took = taken.removeFirst();
                long actual = actual(random, limit, took, remaining);
                subject.correct(took, actual, nowMillis);
                oracle.correct(took, actual, nowMillis);
            }
            Step expected = oracle.take(amount, nowMillis);
            assertThat(subject.take(amount, nowMillis))
                    .as("seed %d, step %d, %s, amount %d at %d", seed, step, limit, amount, nowMillis)
                    .isEqualTo(expected);
            remaining = expected.remaining();
            if (expected.granted()) {
                taken.add(amount);
            }
        }
    }

    /** A number below the bound, as likely small as large. */
    static long below(Random random, long bound) {
        return Math.min(bound - 1, random.nextLong(1L << random.nextInt(1, 53)));
    }

    long pause(Random random, L limit) {
        long window = limit.window().toMillis();
        return switch (random.nextInt(8)) {
            case 0 -> 0;
            case 1 -> -random.nextLong(5_000);
            case 2 -> random.nextLong(window * 3);
            case 3 -> 1;
            default -> random.nextLong(window / 10 + 1);
        };
    }

    long amount(Random random, L limit) {
        return switch (random.nextInt(5)) {
            case 0 -> 0;
            case 1 -> limit.most();
            case 2 -> limit.most() + 1;
            default -> random.nextLong(limit.most() / 3 + 1);
        };
    }
}
