package io.rateguard.counters;

import io.rateguard.domain.limit.LimitUnit;
import io.rateguard.domain.limit.SlidingWindow;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** Sliding windows of few requests, each of which is kept. */
abstract class SlidingLogKit extends LimitKit<SlidingWindow> {

    @Override
    SlidingWindow limit(Random random) {
        long seconds = List.of(1L, 60L, 3_600L, 30 * 86_400L).get(random.nextInt(4));
        long max = random.nextLong(SlidingWindow.LOGGED_REQUESTS + 1);
        return new SlidingWindow(LimitUnit.REQUESTS, max, Duration.ofSeconds(seconds));
    }

    @Override
    Subject oracle(SlidingWindow limit) {
        return new SlidingLogOracle(limit);
    }

    @Override
    long amount(Random random, SlidingWindow limit) {
        return 1;
    }

    @Override
    long actual(Random random, SlidingWindow limit, long took, long remaining) {
        return took;
    }
}
