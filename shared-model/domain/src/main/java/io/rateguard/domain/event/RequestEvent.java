package io.rateguard.domain.event;

import static java.util.Objects.requireNonNull;

import io.rateguard.domain.id.ApiId;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.usage.Usage;
import io.rateguard.domain.usage.UsageSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Version 1 of what is recorded of one request: never a body, never a secret. Rebuild, backtest, explanation, budgets
 * and every figure on every screen come from it.
 *
 * @param caller who asked
 * @param call what was asked for
 * @param times when, and how long
 * @param verdict what was decided and how it ended
 * @param metering what was used and what it cost
 * @param charges what each budget held and was charged
 */
public record RequestEvent(
        RequestId requestId,
        Caller caller,
        Call call,
        Times times,
        Verdict verdict,
        Metering metering,
        List<Charge> charges)
        implements Event {

    /** The version written into each encoded event. */
    public static final int VERSION = 1;

    public RequestEvent {
        requireNonNull(requestId, "requestId");
        requireNonNull(caller, "caller");
        requireNonNull(call, "call");
        requireNonNull(times, "times");
        requireNonNull(verdict, "verdict");
        requireNonNull(metering, "metering");
        charges = List.copyOf(requireNonNull(charges, "charges"));
    }

    /**
     * @param keyName the key's name when the request was made
     * @param tags the key's tags and those the caller sent, as far as they are declared
     */
    public record Caller(
            WorkspaceId workspace,
            @Nullable ApiKeyId key,
            @Nullable String keyName,
            @Nullable String project,
            @Nullable String customer,
            Map<String, String> tags) {

        public Caller {
            requireNonNull(workspace, "caller.workspace");
            tags = Map.copyOf(requireNonNull(tags, "caller.tags"));
        }
    }

    /**
     * @param path the upstream path without its query, at most {@value #MOST_PATH_CHARS} characters
     * @param endpoint the profile's template of the path, else the path with its ids folded
     * @param model the model asked for, none where no model decides what the call costs; {@code servedModel} the one the reply names
     * @param requestBytes body bytes sent upstream; {@code replyBytes} body bytes received from it
     * @param attempts calls made to upstreams; 0 for a refusal
     * @param fingerprint the same for the same request of a key, and of no use to whoever has not RateGuard's secret key;
     *     none where the body was not read, as in older events
     */
    public record Call(
            @Nullable ApiId api,
            String apiSlug,
            String method,
            String path,
            String endpoint,
            @Nullable String model,
            @Nullable String servedModel,
            boolean stream,
            long requestBytes,
            long replyBytes,
            int attempts,
            @Nullable Long fingerprint) {

        public static final int MOST_PATH_CHARS = 512;

        public Call(
                @Nullable ApiId api,
                String apiSlug,
                String method,
                String path,
                String endpoint,
                @Nullable String model,
                @Nullable String servedModel,
                boolean stream,
                long requestBytes,
                long replyBytes,
                int attempts) {
            this(
                    api,
                    apiSlug,
                    method,
                    path,
                    endpoint,
                    model,
                    servedModel,
                    stream,
                    requestBytes,
                    replyBytes,
                    attempts,
                    null);
        }

        public Call {
            requireNonNull(apiSlug, "call.apiSlug");
            requireNonNull(method, "call.method");
            requireNonNull(path, "call.path");
            requireNonNull(endpoint, "call.endpoint");
        }
    }

    /**
     * @param chargedAtMillis the charge instant: Redis's clock at admission; windows, buckets and charts use it
     * @param arrivedAtMillis the proxy's clock when the head of the request had been read
     * @param finishedAtMillis the proxy's clock when the exchange ended
     * @param totalMicros from arrival to the end of the reply
     * @param upstreamMicros from the request's hand-over to the upstream to the end of its reply
     * @param overheadMicros what RateGuard itself added
     * @param firstByteMicros from hand-over to the first byte of the reply
     */
    public record Times(
            long chargedAtMillis,
            long arrivedAtMillis,
            long finishedAtMillis,
            long totalMicros,
            long upstreamMicros,
            long overheadMicros,
            long firstByteMicros) {}

    /**
     * @param status what the caller was answered; 0 when nothing was
     * @param degraded whether a failure policy decided in place of Redis
     * @param shadowed what limits in shadow mode would have refused it with; older events do not say
     */
    public record Verdict(
            Decision decision,
            int status,
            Outcome outcome,
            @Nullable Refusal refusal,
            boolean degraded,
            List<Refusal> shadowed) {

        public Verdict {
            requireNonNull(decision, "verdict.decision");
            requireNonNull(outcome, "verdict.outcome");
            shadowed = shadowed == null ? List.of() : List.copyOf(shadowed);
        }

        public Verdict(Decision decision, int status, Outcome outcome, @Nullable Refusal refusal, boolean degraded) {
            this(decision, status, outcome, refusal, degraded, List.of());
        }
    }

    /**
     * Why a request was refused.
     *
     * @param code stable, as the caller saw it: {@code rate_limited}
     * @param rule the id of the limit or budget that refused
     * @param scope which counter of the rule: its partition, or the budget's window
     * @param used what was used, in the rule's unit (nano-dollars for money)
     * @param resetAtMillis when it is worth another try; 0 when never
     */
    public record Refusal(
            String code,
            @Nullable String rule,
            @Nullable String ruleName,
            @Nullable String scope,
            long used,
            long limit,
            long resetAtMillis) {

        public Refusal {
            requireNonNull(code, "refusal.code");
        }
    }

    /**
     * @param priceVersion the price that was applied; none for what is not priced
     * @param unpriced whether the call was let through without a known price
     * @param serviceTier the tier that the provider says it served
     * @param estimatedTokens what token limits took at admission
     * @param overshootNanos what the provider reported above its own limit, beyond the hold
     * @param reportedCostNanos what the provider says that it charges, beside what was computed; none where it does not
     *     say, as in older events
     */
    public record Metering(
            Usage usage,
            UsageSource source,
            long costNanos,
            @Nullable String priceVersion,
            boolean unpriced,
            @Nullable String serviceTier,
            long estimatedTokens,
            long overshootNanos,
            @Nullable Long reportedCostNanos) {

        public static final Metering NOTHING = new Metering(Usage.NONE, UsageSource.NONE, 0, null, false, null, 0, 0);

        public Metering(
                Usage usage,
                UsageSource source,
                long costNanos,
                @Nullable String priceVersion,
                boolean unpriced,
                @Nullable String serviceTier,
                long estimatedTokens,
                long overshootNanos) {
            this(usage, source, costNanos, priceVersion, unpriced, serviceTier, estimatedTokens, overshootNanos, null);
        }

        public Metering {
            requireNonNull(usage, "metering.usage");
            requireNonNull(source, "metering.source");
        }
    }

    /** What one budget window held for the request and was charged in the end. */
    public record Charge(
            BudgetId budget,
            String window,
            long windowStartMillis,
            long windowEndMillis,
            long heldNanos,
            long chargedNanos) {

        public Charge {
            requireNonNull(budget, "charge.budget");
            requireNonNull(window, "charge.window");
        }
    }
}
