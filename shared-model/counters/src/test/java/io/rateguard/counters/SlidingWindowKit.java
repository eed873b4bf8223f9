package io.rateguard.counters;

import io.rateguard.domain.limit.LimitUnit;
import io.rateguard.domain.limit.SlidingWindow;
import io.rateguard.domain.money.Money;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** Sliding windows of any size and length, counted in two windows of fixed bounds. */
abstract class SlidingWindowKit extends LimitKit<SlidingWindow> {

    @Override
    SlidingWindow limit(Random random) {
        long seconds =
                List.of(1L, 7L, 60L, 3_600L, 86_400L, 86_401L, 366 * 86_400L).get(random.nextInt(7));
        long max = 1 + below(random, Money.MAX_COUNTED_NANOS / 2);
        return new SlidingWindow(LimitUnit.TOKENS, max, Duration.ofSeconds(seconds));
    }

    @Override
    Subject oracle(SlidingWindow limit) {
        return new SlidingWindowOracle(limit);
    }

    @Override
    long actual(Random random, SlidingWindow limit, long took, long remaining) {
        return random.nextBoolean() ? random.nextLong(took + 1) : took + random.nextLong(limit.max() / 2 + 1);
    }
}
