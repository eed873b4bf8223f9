package io.rateguard.alerts.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When a delivery that failed is tried again: after 1 s, then twice as long each time, up to 5 minutes, each by chance up to
 * a quarter sooner, so that what failed together does not come back together; or as long as the receiver asked for; for a
 * day.
 */
final class Backoff {

    static final Duration FIRST = Duration.ofSeconds(1);
    static final Duration LONGEST = Duration.ofMinutes(5);
    static final Duration GIVEN_UP_AFTER = Duration.ofDays(1);

    private static final int MOST_DOUBLINGS = 16;
    private static final int SOONER_BY = 4;

    private Backoff() {}

    /**
     * @param attempts so far, 1 or more
     * @param asked how long the receiver asked to be left alone
     * @param chance decides how much sooner
     * @return nothing when the delivery is given up
     */
    static Optional<Duration> next(
            int attempts, Duration asked, Instant createdAt, Instant now, RandomGenerator chance) {
        Duration doubled = FIRST.multipliedBy(1L << Math.min(attempts - 1, MOST_DOUBLINGS));
        Duration full = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
        Duration own = full.minusMillis(chance.nextLong(full.toMillis() / SOONER_BY + 1));
        Duration pause = own.compareTo(asked) < 0 ? asked : own;
        return now.plus(pause).isAfter(createdAt.plus(GIVEN_UP_AFTER)) ? Optional.empty() : Optional.of(pause);
    }
}
