package io.rateguard.domain.limit;

import io.rateguard.domain.id.RequestId;

/** A {@link TokenBucket} counted in memory. */
final class BucketCounter implements LimitCounter {

    private final TokenBucket bucket;
    private TokenBucketState state;

    BucketCounter(TokenBucket bucket, long nowMillis) {
        this.bucket = bucket;
        state = TokenBucketState.full(bucket, nowMillis);
    }

    @Override
    public boolean has(long amount, long nowMillis) {
        return at(nowMillis).has(amount);
    }

    @Override
    public void take(long amount, RequestId request, long nowMillis, long leaseMillis) {
        state = at(nowMillis).minus(amount);
    }

    @Override
    public void correct(long beyond, RequestId request, long takenAtMillis, long nowMillis) {
        if (beyond == 0) {
            return;
        }
        TokenBucketState corrected = at(nowMillis).minus(beyond);
        state = corrected.level() < bucket.capacity()
                ? corrected
                : new TokenBucketState(bucket.capacity(), 0, corrected.tick());
    }

    @Override
    public long remaining(long nowMillis) {
        return at(nowMillis).level();
    }

    @Override
    public long millisUntilFull(long nowMillis) {
        return millisUntil(bucket.capacity(), nowMillis);
    }

    @Override
    public long millisUntil(long amount, long nowMillis) {
        return at(nowMillis).millisUntil(bucket, amount);
    }

    private TokenBucketState at(long nowMillis) {
        return state.refilled(bucket, nowMillis);
    }
}
