package io.rateguard.analytics.question;

import java.util.Locale;

/**
 * What a row of usage can tell beside requests, refusals, errors and cost. Most of the time of an answer over a long range goes
 * into these.
 */
public enum Figure {
    /** Counts per usage class. */
    TOKENS,
    /** Percentiles; there are none by tag or customer. */
    LATENCY;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
