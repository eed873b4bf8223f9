package io.rateguard.counters;

import io.rateguard.domain.limit.Concurrency;
import java.util.Random;

/** Requests under way: those that end give their lease back, those that are forgotten lose it in time. */
abstract class ConcurrencyKit extends LimitKit<Concurrency> {

    @Override
    Concurrency limit(Random random) {
        return new Concurrency(random.nextLong(12));
    }

    @Override
    Subject oracle(Concurrency limit) {
        return new ConcurrencyOracle(limit);
    }

    @Override
    long amount(Random random, Concurrency limit) {
        return 1;
    }

    @Override
    long actual(Random random, Concurrency limit, long took, long remaining) {
        return took;
    }

    @Override
    long pause(Random random, Concurrency limit) {
        return switch (random.nextInt(8)) {
            case 0 -> -random.nextLong(5_000);
            case 1 -> random.nextLong(2 * CountersOnRedis.HOLD_LIFE_MILLIS);
            default -> random.nextLong(CountersOnRedis.HOLD_LIFE_MILLIS / 8);
        };
    }
}
