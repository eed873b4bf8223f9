package io.rateguard.console.keys.ui;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The lifetimes that the console offers for a new key. */
enum KeyLifetime {
    ENDLESS("Never", null),
    MONTH("In 30 days", Duration.ofDays(30)),
    QUARTER("In 90 days", Duration.ofDays(90)),
    YEAR("In a year", Duration.ofDays(365));

    private final String words;
    private final @Nullable Duration length;

    KeyLifetime(String words, @Nullable Duration length) {
        this.words = words;
        this.length = length;
    }

    String words() {
        return words;
    }

    @Nullable
    Instant endFrom(Instant now) {
        return length == null ? null : now.plus(length);
    }
}
