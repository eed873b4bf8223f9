package io.rateguard.counters;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.limit.LimitUnit;
import io.rateguard.domain.limit.TokenBucket;
import io.rateguard.domain.money.Money;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every implementation of a token bucket does, step by step, held against an oracle of unbounded numbers. */
abstract class TokenBucketKit {

    private static final int STEPS = 60;

    /** A bucket that starts full and is asked at instants that mostly, but not always, go forward. */
    interface Subject {
        Step take(long amount, long nowMillis);

        /** Gives back, or takes what was used beyond; once for each take that was granted, oldest first. */
        void correct(long taken, long actual, long nowMillis);
    }

    /** The answer to one take, with the level after it. */
    record Step(boolean granted, long retryAfterMillis, long remaining, long millisUntilFull) {}

    abstract Subject start(TokenBucket bucket);

    static List<Long> seeds() {
        return new Random(20_261_123).longs(40).boxed().toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void agreesWithTheOracleOnARandomSchedule(long seed) {
        Random random = new Random(seed);
        TokenBucket bucket = bucket(random);
        Subject subject = start(bucket);
        TokenBucketOracle oracle = new TokenBucketOracle(bucket);
        List<Long> taken = new ArrayList<>();
        long nowMillis = CountersOnRedis.START_MILLIS;
        for (int step = 0; step < STEPS; step++) {
            nowMillis += pause(random, bucket);
            long amount = bucket.taking(amount(random, bucket));
            if (random.nextInt(4) == 0 && !taken.isEmpty()) {
                long took = taken.removeFirst();
                long actual = actual(random, bucket, took, oracle.remaining());
                subject.correct(took, actual, nowMillis);
                oracle.correct(took, actual, nowMillis);
            }
            Step expected = oracle.take(amount, nowMillis);
            assertThat(subject.take(amount, nowMillis))
                    .as("seed %d, step %d, %s, amount %d at %d", seed, step, bucket, amount, nowMillis)
                    .isEqualTo(expected);
            if (expected.granted()) {
                taken.add(amount);
            }
        }
    }

    private static TokenBucket bucket(Random random) {
        long seconds = List.of(1L, 7L, 60L, 3_600L, 86_400L, 30 * 86_400L).get(random.nextInt(6));
        long most = Money.MAX_COUNTED_NANOS / 2 / seconds;
        long capacity = 1 + below(random, most);
        long refill = random.nextBoolean() ? capacity : 1 + below(random, most);
        return new TokenBucket(LimitUnit.TOKENS, capacity, refill, Duration.ofSeconds(seconds));
    }

    /** As likely small as large. */
    private static long below(Random random, long bound) {
        return Math.min(bound - 1, random.nextLong(1L << random.nextInt(1, 53)));
    }

    private static long pause(Random random, TokenBucket bucket) {
        return switch (random.nextInt(8)) {
            case 0 -> 0;
            case 1 -> -random.nextLong(5_000);
            case 2 -> random.nextLong(bucket.period().toMillis() * 3);
            case 3 -> 1;
            default -> random.nextLong(bucket.period().toMillis() / 10 + 1);
        };
    }

    private static long amount(Random random, TokenBucket bucket) {
        return switch (random.nextInt(5)) {
            case 0 -> 0;
            case 1 -> bucket.capacity();
            case 2 -> Math.min(Money.MAX_COUNTED_NANOS, bucket.capacity() + 1);
            default -> random.nextLong(bucket.capacity() / 3 + 1);
        };
    }

    /** Debts up to half the capacity: beyond that, the time to pay one back may be more than can be counted. */
    private static long actual(Random random, TokenBucket bucket, long took, long remaining) {
        long most = took + Math.max(0, remaining + bucket.capacity() / 2);
        return random.nextBoolean() ? random.nextLong(took + 1) : random.nextLong(most + 1);
    }
}
