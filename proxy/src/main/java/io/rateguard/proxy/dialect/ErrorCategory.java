package io.rateguard.proxy.dialect;

/** Who an error concerns. */
public enum ErrorCategory {
    /** The request itself: its key, path or body. */
    CALLER,
    /** A limit that refused it. */
    LIMIT,
    /** A budget that refused it. */
    BUDGET,
    /** The provider behind. */
    UPSTREAM,
    /** RateGuard, also when it is overloaded. */
    INTERNAL
}
