package io.rateguard.analytics.question;

import java.util.Locale;

/** What usage can be split by, beside a tag. */
public enum GroupBy {
    API,
    KEY,
    ENDPOINT,
    MODEL,
    /** The end-customer. */
    CUSTOMER;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
