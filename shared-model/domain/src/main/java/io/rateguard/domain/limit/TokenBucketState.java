package io.rateguard.domain.limit;

/**
 * The level of a token bucket at a tick: whole units, and the part of the next one already regained in units of
 * 1/periodTicks. The level is negative after a settlement that found more used than was taken.
 */
public record TokenBucketState(long level, long fraction, long tick) {

    public static TokenBucketState full(TokenBucket bucket, long nowMillis) {
        return new TokenBucketState(bucket.capacity(), 0, nowMillis / bucket.tickMillis());
    }

    /** The level now. A clock that stepped back regains nothing and loses nothing. */
    public TokenBucketState refilled(TokenBucket bucket, long nowMillis) {
        long now = nowMillis / bucket.tickMillis();
        long elapsed = now - tick;
        if (elapsed <= 0) {
            return this;
        }
        if (level >= bucket.capacity()) {
            return new TokenBucketState(Math.min(level, bucket.capacity()), 0, now);
        }
        long period = bucket.periodTicks();
        long missing = bucket.capacity() - level;
        long wholePeriods = elapsed / period;
        if (bucket.refill() > 0 && wholePeriods > missing / bucket.refill()) {
            return new TokenBucketState(bucket.capacity(), 0, now);
        }
        long earned = elapsed % period * bucket.refill() + fraction;
        long regained = wholePeriods * bucket.refill() + earned / period;
        if (regained >= missing) {
            return new TokenBucketState(bucket.capacity(), 0, now);
        }
        return new TokenBucketState(level + regained, earned % period, now);
    }

    public boolean has(long amount) {
        return level >= amount;
    }

    public TokenBucketState minus(long amount) {
        return new TokenBucketState(level - amount, fraction, tick);
    }

    /** Milliseconds until this state has {@code amount}; 0 when it has it, {@link Long#MAX_VALUE} when it never will. */
    public long millisUntil(TokenBucket bucket, long amount) {
        if (has(amount)) {
            return 0;
        }
        if (bucket.refill() == 0 || amount > bucket.capacity()) {
            return Long.MAX_VALUE;
        }
        long missing = amount - level;
        long period = bucket.periodTicks();
        long wholePeriods = missing / bucket.refill();
        long rest = missing % bucket.refill() * period - fraction;
        long restTicks = Math.ceilDiv(rest, bucket.refill());
        if (wholePeriods >= (Long.MAX_VALUE / bucket.tickMillis() - period) / period) {
            return Long.MAX_VALUE;
        }
        return Math.max(wholePeriods * period + restTicks, 1) * bucket.tickMillis();
    }
}
