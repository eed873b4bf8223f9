package io.rateguard.domain.event;

import static java.util.Objects.requireNonNull;

import io.rateguard.domain.event.RequestEvent.Caller;
import io.rateguard.domain.event.RequestEvent.Charge;
import io.rateguard.domain.id.ApiId;
import io.rateguard.domain.id.RequestId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An adjusting entry: what the recorded cost of a request was corrected by. The request stays as it was recorded; what it
 * costs is what was recorded with all of its adjustments.
 *
 * @param id the same however often the entry is made
 * @param request the one it corrects; caller, API, endpoint, model, decision and charge instant are that request's
 * @param costNanos a difference, which may be negative
 * @param priceVersion the price after it; none where it is not priced
 * @param charges what the windows of budgets are charged in addition, differences too; they hold nothing
 */
public record Adjustment(
        UUID id,
        RequestId request,
        Caller caller,
        @Nullable ApiId api,
        String apiSlug,
        String endpoint,
        @Nullable String model,
        Decision decision,
        long chargedAtMillis,
        long adjustedAtMillis,
        Reason reason,
        long costNanos,
        @Nullable String priceVersion,
        List<Charge> charges)
        implements Event {

    public Adjustment {
        requireNonNull(id, "id");
        requireNonNull(request, "request");
        requireNonNull(caller, "caller");
        requireNonNull(apiSlug, "apiSlug");
        requireNonNull(endpoint, "endpoint");
        requireNonNull(decision, "decision");
        requireNonNull(reason, "reason");
        charges = List.copyOf(requireNonNull(charges, "charges"));
    }

    /** An entry that corrects a request. */
    public static Adjustment of(
            RequestEvent request,
            UUID id,
            long adjustedAtMillis,
            Reason reason,
            long costNanos,
            @Nullable String priceVersion,
            List<Charge> charges) {
        return new Adjustment(
                id,
                request.requestId(),
                request.caller(),
                request.call().api(),
                request.call().apiSlug(),
                request.call().endpoint(),
                request.call().model(),
                request.verdict().decision(),
                request.times().chargedAtMillis(),
                adjustedAtMillis,
                reason,
                costNanos,
                priceVersion,
                charges);
    }

    /**
     * Why it was made.
     *
     * @param rerate the rerate that found another price; none where a person said what the request costs
     * @param author who asked for it
     */
    public record Reason(
            @Nullable UUID rerate, String author, @Nullable String note) {

        public Reason {
            requireNonNull(author, "reason.author");
        }
    }
}
