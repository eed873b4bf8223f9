package io.rateguard.domain.limit;

import io.rateguard.domain.id.RequestId;

/**
 * A limit counted in memory, by the rules by which the scripts count it in Redis. Its clock may step back. Not safe for
 * use by several threads.
 */
public sealed interface LimitCounter permits BucketCounter, WindowCounter, LogCounter, LeaseCounter {

    /** One that has counted nothing yet. */
    static LimitCounter of(Limit limit, long nowMillis) {
        return switch (limit) {
            case TokenBucket bucket -> new BucketCounter(bucket, nowMillis);
            case SlidingWindow window when window.isLogged() -> new LogCounter(window);
            case SlidingWindow window -> new WindowCounter(window, nowMillis);
            case Concurrency concurrency -> new LeaseCounter(concurrency);
        };
    }

    boolean has(long amount, long nowMillis);

    /** Takes what the counter has; a lease lasts until it is given back, or for its life. */
    void take(long amount, RequestId request, long nowMillis, long leaseMillis);

    /** Takes more of what a request took at an instant, or gives back (negative); a lease is given back in any case. */
    void correct(long beyond, RequestId request, long takenAtMillis, long nowMillis);

    /** What is left; negative after a correction that found more used than was taken. */
    long remaining(long nowMillis);

    /** {@link Long#MAX_VALUE} where nobody knows. */
    long millisUntilFull(long nowMillis);

    /** How long until this amount passes; {@link Long#MAX_VALUE} when it never will. */
    long millisUntil(long amount, long nowMillis);
}
