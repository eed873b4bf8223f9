package io.rateguard.domain.event;

import java.util.Locale;

/** How the call to the upstream ended. */
public enum Outcome {
    /** The reply arrived whole. */
    COMPLETED,
    /** The caller left first; what the provider reported by then, or at the end of the drain, is charged. */
    CLIENT_GONE,
    /** The upstream broke off. */
    UPSTREAM_CUT,
    /** The upstream could not be reached, or failed before the request was written. */
    UNREACHABLE,
    TIMEOUT,
    /** The proxy died while the request was open; charged by its hold. */
    INTERRUPTED,
    /** Never forwarded. */
    REFUSED;

    private final String wireName = name().toLowerCase(Locale.ROOT).replace('_', '-');

    public String wireName() {
        return wireName;
    }
}
