package io.rateguard.alerts.evaluation;

import java.util.Locale;

/** Who noticed that a threshold was reached. */
public enum Source {
    /** The settlement that reached it. */
    TOLD,
    /** A look at the counters. */
    FOUND;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
