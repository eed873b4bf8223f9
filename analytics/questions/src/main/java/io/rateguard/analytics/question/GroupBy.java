package io.rateguard.analytics.question;

import java.util.Locale;

/** What usage can be split by. */
public enum GroupBy {
    API,
    KEY,
    ENDPOINT,
    MODEL;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
