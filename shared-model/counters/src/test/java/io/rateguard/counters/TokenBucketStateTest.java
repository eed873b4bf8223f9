package io.rateguard.counters;

import io.rateguard.domain.limit.TokenBucket;
import io.rateguard.domain.limit.TokenBucketState;

/** The pure Java bucket of the domain passes the kit that the script passes. */
class TokenBucketStateTest extends TokenBucketKit {

    @Override
    Subject start(TokenBucket bucket) {
        return new Subject() {
            private TokenBucketState state = TokenBucketState.full(bucket, CountersOnRedis.START_MILLIS - 5_000);

            @Override
            public Step take(long amount, long nowMillis) {
                TokenBucketState now = state.refilled(bucket, nowMillis);
                if (!now.has(amount)) {
                    return step(false, now.millisUntil(bucket, amount), now);
                }
                state = now.minus(amount);
                return step(true, 0, state);
            }

            @Override
            public void correct(long taken, long actual, long nowMillis) {
                if (actual == taken) {
                    return;
                }
                state = state.refilled(bucket, nowMillis).minus(actual - taken);
                if (state.level() >= bucket.capacity()) {
                    state = new TokenBucketState(bucket.capacity(), 0, state.tick());
                }
            }

            private Step step(boolean granted, long retryAfterMillis, TokenBucketState after) {
                long millisUntilFull = after.millisUntil(bucket, bucket.capacity());
                return new Step(granted, retryAfterMillis, after.level(), millisUntilFull);
            }
        };
    }
}
