package io.rateguard.counters;

import io.rateguard.counters.LimitKit.Step;
import io.rateguard.domain.limit.TokenBucket;
import java.math.BigInteger;

/** A token bucket as one sentence says it, in numbers without bounds: parts of 1/period of a unit. */
final class TokenBucketOracle implements LimitKit.Subject {

    private final TokenBucket bucket;
    private final BigInteger period;
    private final BigInteger full;
    private BigInteger parts;
    private long tick = Long.MIN_VALUE;

    TokenBucketOracle(TokenBucket bucket) {
        this.bucket = bucket;
        period = BigInteger.valueOf(bucket.periodTicks());
        full = parts(bucket.capacity());
        parts = full;
    }

    /** A refusal leaves everything as it was, even the instant of the last look. */
    @Override
    public Step take(long amount, long nowMillis) {
        BigInteger partsBefore = parts;
        long tickBefore = tick;
        refill(nowMillis);
        boolean granted = parts.compareTo(parts(amount)) >= 0;
        long retryAfterMillis = millisUntil(parts(amount));
        if (granted) {
            parts = parts.subtract(parts(amount));
        }
        Step step = new Step(granted, retryAfterMillis, remaining(), millisUntil(full));
        if (!granted) {
            parts = partsBefore;
            tick = tickBefore;
        }
        return step;
    }

    @Override
    public void correct(long taken, long actual, long nowMillis) {
        if (actual == taken) {
            return;
        }
        refill(nowMillis);
        parts = parts.subtract(parts(actual)).add(parts(taken)).min(full);
    }

    /** Whole units, rounded down. */
    long remaining() {
        BigInteger[] units = parts.divideAndRemainder(period);
        return (units[1].signum() < 0 ? units[0].subtract(BigInteger.ONE) : units[0]).longValueExact();
    }

    private void refill(long nowMillis) {
        long now = nowMillis / bucket.tickMillis();
        if (tick == Long.MIN_VALUE) {
            tick = now;
        }
        if (now > tick) {
            BigInteger regained = BigInteger.valueOf(now - tick).multiply(BigInteger.valueOf(bucket.refill()));
            parts = parts.add(regained).min(full);
            tick = now;
        }
    }

    private long millisUntil(BigInteger wanted) {
        BigInteger missing = wanted.subtract(parts);
        if (missing.signum() <= 0) {
            return 0;
        }
        BigInteger refill = BigInteger.valueOf(bucket.refill());
        BigInteger ticks = missing.add(refill).subtract(BigInteger.ONE).divide(refill);
        return ticks.multiply(BigInteger.valueOf(bucket.tickMillis())).longValueExact();
    }

    private BigInteger parts(long units) {
        return BigInteger.valueOf(units).multiply(period);
    }
}
