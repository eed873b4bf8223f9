package io.rateguard.domain.usage;

/** Where a usage vector came from, best first. */
public enum UsageSource {
    /** The provider's own final report. */
    PROVIDER,
    /** The provider reported, but not to the end (a stream that was cut). */
    PARTIAL,
    /** Counted by RateGuard from what passed. */
    COUNTED,
    /** The estimate made before the call. */
    ESTIMATED,
    /** Nothing was used: a refusal, or an upstream error that is not billed. */
    NONE
}
