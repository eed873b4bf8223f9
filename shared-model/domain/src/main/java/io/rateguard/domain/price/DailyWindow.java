package io.rateguard.domain.price;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;

/**
 * A part of each day in UTC, from its start up to, and without, its end. One that ends before it starts goes on past
 * midnight.
 */
record DailyWindow(LocalTime from, LocalTime until) {

    DailyWindow {
        if (from.equals(until)) {
            throw new IllegalArgumentException("until: " + until + " (expected: another time than from)");
        }
    }

    boolean contains(Instant at) {
        LocalTime time = LocalTime.ofInstant(at, ZoneOffset.UTC);
        return from.isBefore(until)
                ? !time.isBefore(from) && time.isBefore(until)
                : !time.isBefore(from) || time.isBefore(until);
    }

    /** {@code 00:30-16:30}. */
    String name() {
        return from + "-" + until;
    }
}
