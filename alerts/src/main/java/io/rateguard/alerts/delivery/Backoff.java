package io.rateguard.alerts.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When a delivery that failed is tried again: after 1 s, then twice as long each time, up to 5 minutes, or as long as
 * the receiver asked for, for a day. */
final class Backoff {

    static final Duration FIRST = Duration.ofSeconds(1);
    static final Duration LONGEST = Duration.ofMinutes(5);
    static final Duration GIVEN_UP_AFTER = Duration.ofDays(1);

    private static final int MOST_DOUBLINGS = 16;

    private Backoff() {}

    /**
     * @param attempts so far, 1 or more
     * @param asked how long the receiver asked to be left alone
     * @return nothing when the delivery is given up
     */
    static Optional<Duration> next(int attempts, Duration asked, Instant createdAt, Instant now) {
        Duration doubled = FIRST.multipliedBy(1L << Math.min(attempts - 1, MOST_DOUBLINGS));
        Duration own = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
        Duration pause = own.compareTo(asked) < 0 ? asked : own;
        return now.plus(pause).isAfter(createdAt.plus(GIVEN_UP_AFTER)) ? Optional.empty() : Optional.of(pause);
    }
}
