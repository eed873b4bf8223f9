package io.rateguard.standalone.sample;

import io.rateguard.domain.event.Outcome;
import io.rateguard.domain.usage.Usage;
import io.rateguard.domain.usage.UsageSource;
import org.jspecify.annotations.Nullable;

/**
 * What came of a call to the provider.
 *
 * @param usage empty where the provider does not bill
 */
record Reply(
        Outcome outcome,
        int status,
        Usage usage,
        UsageSource source,
        long bytes,
        long firstByteMicros,
        long upstreamMicros,
        @Nullable String serviceTier) {}
