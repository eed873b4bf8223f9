package io.rateguard.drills.alerts;

import java.util.Locale;

/** What a message comes by. */
enum Medium {
    EMAIL,
    SLACK,
    WEBHOOK;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
