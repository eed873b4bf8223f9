package io.rateguard.domain.event;

import java.util.Locale;

/** What RateGuard decided about a request. */
public enum Decision {
    ALLOWED,
    LIMITED,
    OVER_BUDGET,
    UNAUTHENTICATED,
    FORBIDDEN,
    UNPRICED,
    OVERLOADED,
    INVALID;

    private final String wireName = name().toLowerCase(Locale.ROOT).replace('_', '-');

    public String wireName() {
        return wireName;
    }
}
