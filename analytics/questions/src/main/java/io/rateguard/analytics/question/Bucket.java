package io.rateguard.analytics.question;

import java.time.Duration;
import java.util.Locale;

/** How wide the steps of time in an answer are. */
public enum Bucket {
    MINUTE(Duration.ofMinutes(1)),
    HOUR(Duration.ofHours(1)),
    DAY(Duration.ofDays(1)),
    /** The whole range as one step. */
    TOTAL(Duration.ofDays(100_000));

    private final Duration width;

    Bucket(Duration width) {
        this.width = width;
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    Duration width() {
        return width;
    }
}
