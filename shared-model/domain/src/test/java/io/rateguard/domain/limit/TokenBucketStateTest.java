package io.rateguard.domain.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rateguard.domain.money.Money;
import java.math.BigInteger;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TokenBucketStateTest {

    private static final long MAX = Money.MAX_COUNTED_NANOS;
    private static final long NOW = 1_760_000_000_000L;

    @Test
    void agreesWithExactFractionsUnderRandomSchedules() {
        for (long seed = 0; seed < 3_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            TokenBucket bucket = anyBucket(random);
            long now = NOW + random.nextLong(100_000);
            TokenBucketState state = TokenBucketState.full(bucket, now);
            ExactBucket exact = new ExactBucket(bucket, now);
            for (int step = 0; step < 60; step++) {
                now = Math.max(0, now + anyStepMillis(random, bucket));
                long amount = anyAmount(random, bucket);

                state = state.refilled(bucket, now);
                exact.refill(now);
                assertThat(exact.isAt(state)).as("seed %d, step %d", seed, step).isTrue();
                assertThat(state.has(amount)).isEqualTo(exact.has(amount));

                if (state.has(amount) || random.nextInt(10) == 0) {
                    state = state.minus(amount);
                    exact.take(amount);
                } else if (random.nextInt(10) == 0) {
                    state = state.minus(-amount);
                    exact.take(-amount);
                }
            }
        }
    }

    @Test
    void saysExactlyWhenThereIsEnough() {
        for (long seed = 0; seed < 20_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            TokenBucket bucket = anyBucket(random);
            if (bucket.capacity() == 0) {
                continue;
            }
            long level = bucket.capacity() - random.nextLong(Math.max(1, Math.min(MAX, 2 * bucket.capacity())));
            TokenBucketState state =
                    new TokenBucketState(level, random.nextLong(bucket.periodTicks()), NOW / bucket.tickMillis());
            long amount = 1 + random.nextLong(bucket.capacity());

            long wait = state.millisUntil(bucket, amount);

            if (wait == Long.MAX_VALUE) {
                assertThat(BigInteger.valueOf(amount - level)
                                .multiply(BigInteger.valueOf(bucket.period().toMillis()))
                                .divide(BigInteger.valueOf(bucket.refill())))
                        .isGreaterThan(BigInteger.valueOf(Long.MAX_VALUE / 2));
                continue;
            }
            long start = state.tick() * bucket.tickMillis();
            assertThat(state.refilled(bucket, start + wait).has(amount))
                    .as("seed %d", seed)
                    .isTrue();
            assertThat(wait == 0 || !state.refilled(bucket, start + wait - 1).has(amount))
                    .as("seed %d", seed)
                    .isTrue();
        }
    }

    @Test
    void losesNoFractionHoweverOftenItIsAsked() {
        TokenBucket bucket = new TokenBucket(LimitUnit.REQUESTS, 1_000, 7, Duration.ofSeconds(60));
        TokenBucketState often = TokenBucketState.full(bucket, NOW).minus(1_000);
        TokenBucketState once = often;

        for (long now = NOW; now <= NOW + 600_000; now += 13) {
            often = often.refilled(bucket, now);
        }

        assertThat(often.refilled(bucket, NOW + 600_000)).isEqualTo(once.refilled(bucket, NOW + 600_000));
        assertThat(often.level()).isEqualTo(69);
        assertThat(often.refilled(bucket, NOW + 600_000).level()).isEqualTo(70);
    }

    @Test
    void neitherRegainsNorLosesWhenTheClockStepsBack() {
        TokenBucket bucket = new TokenBucket(LimitUnit.REQUESTS, 10, 10, Duration.ofSeconds(1));
        TokenBucketState empty = TokenBucketState.full(bucket, NOW).minus(10);

        TokenBucketState back = empty.refilled(bucket, NOW - 5_000);

        assertThat(back).isEqualTo(empty);
        assertThat(back.refilled(bucket, NOW).level()).isZero();
        assertThat(back.refilled(bucket, NOW + 100).level()).isEqualTo(1);
    }

    @Test
    void isFullAgainAfterAnyLengthOfTime() {
        TokenBucket bucket = new TokenBucket(LimitUnit.COST, 1_000_000, 999_983, Duration.ofSeconds(7));
        TokenBucketState indebted = TokenBucketState.full(bucket, 0).minus(MAX);

        assertThat(indebted.refilled(bucket, Long.MAX_VALUE)).isEqualTo(TokenBucketState.full(bucket, Long.MAX_VALUE));
    }

    @Test
    void neverLetsAnythingThroughWhenTheCapacityIsZero() {
        for (long refill : new long[] {0, 100}) {
            TokenBucket never = new TokenBucket(LimitUnit.TOKENS, 0, refill, Duration.ofSeconds(1));
            TokenBucketState state = TokenBucketState.full(never, NOW).refilled(never, NOW + 1_000_000);
            for (long amount : new long[] {0, 1, 1_000, MAX}) {
                assertThat(state.has(never.taking(amount))).isFalse();
                assertThat(state.millisUntil(never, never.taking(amount))).isEqualTo(Long.MAX_VALUE);
            }
        }
    }

    @Test
    void takesTheWholeCapacityForMore() {
        TokenBucket bucket = new TokenBucket(LimitUnit.TOKENS, 100, 100, Duration.ofSeconds(1));

        assertThat(bucket.taking(99)).isEqualTo(99);
        assertThat(bucket.taking(101)).isEqualTo(100);
        assertThat(bucket.taking(MAX)).isEqualTo(100);
    }

    @Test
    void waitsForEverRatherThanForAWrongTime() {
        TokenBucket slow = new TokenBucket(LimitUnit.COST, 1, 1, Duration.ofSeconds(MAX / 2));
        TokenBucketState indebted = TokenBucketState.full(slow, NOW).minus(MAX);

        assertThat(indebted.millisUntil(slow, 1)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void countsInCoarserTicksWhereFinerOnesWouldLeaveTheExactNumbers() {
        long dollar = 1_000_000_000;

        assertThat(perDay(dollar / 100).tickMillis()).isEqualTo(1);
        assertThat(perDay(50 * dollar).tickMillis()).isEqualTo(1_000);
        assertThat(perDay(500 * dollar).tickMillis()).isEqualTo(10_000);
        assertThat(perDay(3_000 * dollar).tickMillis()).isEqualTo(60_000);
        assertThat(perDay(30_000 * dollar).tickMillis()).isEqualTo(600_000);
        assertThat(perDay(187_000 * dollar).tickMillis()).isEqualTo(3_600_000);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> perDay(188_000 * dollar))
                .withMessage("capacity 188000000000000, refill 188000000000000, period PT24H: out of range"
                        + " (expected: amounts up to 187649984473770 for this period)");
    }

    @Test
    void keepsEveryProductExactForLua() {
        for (long seed = 0; seed < 20_000; seed++) {
            TokenBucket bucket = anyBucket(new SplittableRandom(seed));
            BigInteger ticks = BigInteger.valueOf(bucket.periodTicks());

            assertThat(ticks.multiply(BigInteger.valueOf(bucket.refill()))
                            .add(ticks)
                            .longValueExact())
                    .isLessThanOrEqualTo(MAX);
            assertThat(bucket.capacity()).isLessThanOrEqualTo(MAX / 2);
            assertThat(bucket.periodTicks() * bucket.tickMillis())
                    .isEqualTo(bucket.period().toMillis());
        }
    }

    @Test
    void refusesAPeriodThatTicksDoNotDivide() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TokenBucket(LimitUnit.REQUESTS, 1, 1, Duration.ofSeconds(1, 500)))
                .withMessage("period: PT1.0000005S (expected: whole milliseconds)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TokenBucket(LimitUnit.COST, MAX / 2, 1, Duration.ofMillis(1_500)))
                .withMessageContaining("out of range (expected: amounts up to 3002399751580 for this period)");
    }

    private static TokenBucket perDay(long amountNanos) {
        return new TokenBucket(LimitUnit.COST, amountNanos, amountNanos, Duration.ofDays(1));
    }

    private static TokenBucket anyBucket(SplittableRandom random) {
        long stepSeconds = new long[] {1, 1, 10, 60, 600, 3_600}[random.nextInt(6)];
        long periodSeconds = stepSeconds * (1 + random.nextLong(1L << random.nextInt(1, 16)));
        long most = MAX / 2 / (periodSeconds / stepSeconds);
        long capacity = random.nextInt(20) == 0 ? 0 : anyUpTo(random, most);
        return new TokenBucket(LimitUnit.COST, capacity, anyUpTo(random, most), Duration.ofSeconds(periodSeconds));
    }

    private static long anyUpTo(SplittableRandom random, long most) {
        int bits = random.nextInt(1, 65 - Long.numberOfLeadingZeros(most));
        return 1 + random.nextLong(Math.min(most, 1L << bits));
    }

    private static long anyStepMillis(SplittableRandom random, TokenBucket bucket) {
        return switch (random.nextInt(6)) {
            case 0 -> -random.nextLong(100_000);
            case 1 -> 0;
            case 2 -> random.nextLong(3);
            case 3 -> random.nextLong(2 * bucket.period().toMillis());
            case 4 -> random.nextLong(1L << 50);
            default -> random.nextLong(10_000);
        };
    }

    private static long anyAmount(SplittableRandom random, TokenBucket bucket) {
        return switch (random.nextInt(4)) {
            case 0 -> MAX;
            case 1 -> bucket.capacity();
            case 2 -> random.nextLong(bucket.capacity() + 1);
            default -> anyUpTo(random, MAX);
        };
    }

    /** The level as an exact count of 1/periodTicks of a unit. */
    private static final class ExactBucket {

        private final TokenBucket bucket;
        private final BigInteger period;
        private BigInteger parts;
        private long tick;

        ExactBucket(TokenBucket bucket, long nowMillis) {
            this.bucket = bucket;
            this.period = BigInteger.valueOf(bucket.periodTicks());
            this.parts = BigInteger.valueOf(bucket.capacity()).multiply(period);
            this.tick = nowMillis / bucket.tickMillis();
        }

        void refill(long nowMillis) {
            long now = nowMillis / bucket.tickMillis();
            if (now > tick) {
                BigInteger earned = BigInteger.valueOf(now - tick).multiply(BigInteger.valueOf(bucket.refill()));
                parts = parts.add(earned)
                        .min(BigInteger.valueOf(bucket.capacity()).multiply(period));
                tick = now;
            }
        }

        void take(long amount) {
            parts = parts.subtract(BigInteger.valueOf(amount).multiply(period));
        }

        boolean has(long amount) {
            return parts.compareTo(BigInteger.valueOf(amount).multiply(period)) >= 0;
        }

        boolean isAt(TokenBucketState state) {
            return parts.equals(BigInteger.valueOf(state.level())
                            .multiply(period)
                            .add(BigInteger.valueOf(state.fraction())))
                    && state.fraction() >= 0
                    && state.fraction() < bucket.periodTicks()
                    && state.tick() == tick;
        }
    }
}
