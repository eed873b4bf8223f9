package io.rateguard.analytics.question;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** How wide the steps of time of a rollup are, in UTC, from the finest on. */
enum Grain {
    MINUTE(Duration.ofMinutes(1)),
    QUARTER(Duration.ofMinutes(15)),
    HOUR(Duration.ofHours(1)),
    DAY(Duration.ofDays(1)),
    /** From Monday on. */
    WEEK(Duration.ofDays(7));

    /** The first one after the epoch: steps that are counted from here are steps of every grain. */
    private static final long MONDAY_SECONDS = Duration.ofDays(4).toSeconds();

    private final long seconds;

    Grain(Duration width) {
        seconds = width.toSeconds();
    }

    /** As parts of a range are named in questions: {@code hours}. */
    String plural() {
        return name().toLowerCase(Locale.ROOT) + "s";
    }

    /** Whether whole steps of it reach from one instant to the other, or back. */
    boolean divides(Duration distance) {
        return distance.toSeconds() % seconds == 0;
    }

    Instant floor(Instant time) {
        long sinceMonday = time.getEpochSecond() - MONDAY_SECONDS;
        return Instant.ofEpochSecond(Math.floorDiv(sinceMonday, seconds) * seconds + MONDAY_SECONDS);
    }

    Instant ceiling(Instant time) {
        Instant floor = floor(time);
        return floor.equals(time) ? floor : floor.plusSeconds(seconds);
    }
}
