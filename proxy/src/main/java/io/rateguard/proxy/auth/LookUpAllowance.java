package io.rateguard.proxy.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.rateguard.domain.limit.LimitUnit;
import io.rateguard.domain.limit.TokenBucket;
import io.rateguard.domain.limit.TokenBucketState;
import java.time.Duration;
import java.util.function.LongSupplier;

/** How many unknown keys one source address may have looked up, so that guessing costs PostgreSQL nothing. */
final class LookUpAllowance {

    private static final int ADDRESSES = 10_000;
    private static final Duration REMEMBERED = Duration.ofMinutes(5);

    private final TokenBucket bucket;
    private final LongSupplier nowMillis;
    private final Cache<String, TokenBucketState> states = Caffeine.newBuilder()
            .maximumSize(ADDRESSES)
            .expireAfterAccess(REMEMBERED)
            .build();

    LookUpAllowance(int perMinute, LongSupplier nowMillis) {
        this.bucket = new TokenBucket(LimitUnit.REQUESTS, perMinute, perMinute, Duration.ofMinutes(1));
        this.nowMillis = nowMillis;
    }

    /** Takes one look-up; false when the address has had its share. */
    boolean take(String address) {
        long now = nowMillis.getAsLong();
        boolean[] taken = {false};
        states.asMap().compute(address, (it, before) -> {
            TokenBucketState state = before == null ? TokenBucketState.full(bucket, now) : before.refilled(bucket, now);
            taken[0] = state.has(1);
            return taken[0] ? state.minus(1) : state;
        });
        return taken[0];
    }

    /** Gives one back: the key was good. */
    void giveBack(String address) {
        states.asMap()
                .computeIfPresent(address, (it, state) -> state.level() < bucket.capacity() ? state.minus(-1) : state);
    }
}
