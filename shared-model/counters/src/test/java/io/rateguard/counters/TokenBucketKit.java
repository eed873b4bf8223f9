package io.rateguard.counters;

import io.rateguard.domain.limit.LimitUnit;
import io.rateguard.domain.limit.TokenBucket;
import io.rateguard.domain.money.Money;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** Token buckets of any size and period. */
abstract class TokenBucketKit extends LimitKit<TokenBucket> {

    @Override
    TokenBucket limit(Random random) {
        long seconds = List.of(1L, 7L, 60L, 3_600L, 86_400L, 30 * 86_400L).get(random.nextInt(6));
        long most = Money.MAX_COUNTED_NANOS / 2 / seconds;
        long capacity = 1 + below(random, most);
        long refill = random.nextBoolean() ? capacity : 1 + below(random, most);
        return new TokenBucket(LimitUnit.TOKENS, capacity, refill, Duration.ofSeconds(seconds));
    }

    @Override
    Subject oracle(TokenBucket limit) {
        return new TokenBucketOracle(limit);
    }

    /** Debts up to half the capacity: beyond that, the time to pay one back may be more than can be counted. */
    @Override
    long actual(Random random, TokenBucket bucket, long took, long remaining) {
        long most = took + Math.max(0, remaining + bucket.capacity() / 2);
        return random.nextBoolean() ? random.nextLong(took + 1) : random.nextLong(most + 1);
    }
}
