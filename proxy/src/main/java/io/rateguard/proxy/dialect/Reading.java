package io.rateguard.proxy.dialect;

import io.rateguard.domain.price.CallPrice;
import io.rateguard.domain.usage.Usage;
import io.rateguard.domain.usage.UsageSource;
import org.jspecify.annotations.Nullable;

/**
 * What a reply told of its use.
 *
 * @param usage with source COUNTED, output only: the input is the caller's estimate
 * @param source PROVIDER: the final report; PARTIAL: a report, but not the last; COUNTED: from the text that passed; NONE:
 *     nothing is known
 * @param servedModel the model that the reply names
 * @param serviceTier the tier that the reply names
 * @param streamFinished whether the reply came to the end its protocol knows, without an error on the way
 * @param reportedCostNanos what the provider says that it charges; none where it does not say
 */
public record Reading(
        Usage usage,
        UsageSource source,
        @Nullable String servedModel,
        @Nullable String serviceTier,
        boolean streamFinished,
        @Nullable Long reportedCostNanos) {

    public static final Reading NOTHING = new Reading(Usage.NONE, UsageSource.NONE, null, null, false);

    /** Of a call that costs the same whatever it replies. */
    public static final Reading ONE_CALL = new Reading(CallPrice.ONE, UsageSource.COUNTED, null, null, true);

    public Reading(
            Usage usage,
            UsageSource source,
            @Nullable String servedModel,
            @Nullable String serviceTier,
            boolean streamFinished) {
        this(usage, source, servedModel, serviceTier, streamFinished, null);
    }
}
