package io.rateguard.console.requests;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rateguard.analytics.question.RequestRow;
import io.rateguard.domain.event.Adjustment;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.money.Money;
import io.rateguard.domain.usage.Usage;
import io.rateguard.domain.usage.UsageSource;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request in the management API.
 *
 * @param costNanos with its corrections, as is the price that it comes from
 * @param explanation only when one request is read
 */
record RequestJson(
        String requestId,
        Instant time,
        String api,
        @Nullable String key,
        @Nullable String keyName,
        String method,
        String path,
        @Nullable String model,
        String decision,
        int status,
        long costNanos,
        String costUsd,
        @Nullable String priceVersion,
        Map<String, Long> usage,
        String usageSource,
        boolean stream,
        LatencyJson latencyMillis,
        @Nullable String customer,
        Map<String, String> tags,
        @Nullable RefusalJson refusal,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ExplanationJson explanation) {

    static RequestJson of(RequestRow row) {
        return of(row, null);
    }

    static RequestJson of(RequestEvent event, List<Adjustment> adjustments) {
        return of(RequestRow.of(event, adjustments), ExplanationJson.of(event, adjustments));
    }

    static Map<String, Long> counts(Usage usage) {
        Map<String, Long> counts = new TreeMap<>();
        usage.counts().forEach((usageClass, count) -> counts.put(usageClass.wireName(), count));
        return counts;
    }

    private static RequestJson of(RequestRow row, @Nullable ExplanationJson explanation) {
        return new RequestJson(
                row.requestId().value(),
                row.time(),
                row.api(),
                row.key() == null ? null : row.key().toString(),
                row.keyName(),
                row.method(),
                row.path(),
                row.model(),
                row.decision().wireName(),
                row.status(),
                row.cost().nanos(),
                row.cost().usd(),
                row.priceVersion(),
                counts(row.usage()),
                wireName(row.usageSource()),
                row.stream(),
                LatencyJson.of(row.latency()),
                row.customer(),
                row.tags(),
                row.refusal() == null ? null : RefusalJson.of(row.refusal()),
                explanation);
    }

    private static String wireName(UsageSource source) {
        return source.name().toLowerCase(Locale.ROOT);
    }

    /** Milliseconds, with microseconds as decimals. */
    record LatencyJson(double total, double upstream, double overhead, double firstByte) {

        private static final double MICROS_PER_MILLI = 1_000;

        static LatencyJson of(RequestRow.Latency latency) {
            return new LatencyJson(
                    latency.totalMicros() / MICROS_PER_MILLI,
                    latency.upstreamMicros() / MICROS_PER_MILLI,
                    latency.overheadMicros() / MICROS_PER_MILLI,
                    latency.firstByteMicros() / MICROS_PER_MILLI);
        }
    }

    record RefusalJson(
            String code,
            @Nullable String rule,
            @Nullable String ruleName,
            @Nullable String scope,
            long used,
            long limit,
            @Nullable Instant resetAt) {

        static RefusalJson of(RequestEvent.Refusal refusal) {
            return new RefusalJson(
                    refusal.code(),
                    refusal.rule(),
                    refusal.ruleName(),
                    refusal.scope(),
                    refusal.used(),
                    refusal.limit(),
                    refusal.resetAtMillis() == 0 ? null : Instant.ofEpochMilli(refusal.resetAtMillis()));
        }
    }

    /**
     * How the request went and what each budget was charged.
     *
     * @param recordedCostNanos what was charged when it ended
     * @param reportedCostNanos what the provider says that it charges
     * @param adjustments what it was corrected by since, in the order it was
     */
    record ExplanationJson(
            String outcome,
            boolean degraded,
            List<RefusalJson> shadowed,
            int attempts,
            String endpoint,
            @Nullable String servedModel,
            @Nullable String serviceTier,
            boolean unpriced,
            long estimatedTokens,
            long overshootNanos,
            long requestBytes,
            long replyBytes,
            List<ChargeJson> charges,
            long recordedCostNanos,
            @Nullable String recordedPriceVersion,
            @Nullable Long reportedCostNanos,
            List<AdjustmentJson> adjustments) {

        static ExplanationJson of(RequestEvent event, List<Adjustment> adjustments) {
            return new ExplanationJson(
                    event.verdict().outcome().wireName(),
                    event.verdict().degraded(),
                    event.verdict().shadowed().stream().map(RefusalJson::of).toList(),
                    event.call().attempts(),
                    event.call().endpoint(),
                    event.call().servedModel(),
                    event.metering().serviceTier(),
                    event.metering().unpriced(),
                    event.metering().estimatedTokens(),
                    event.metering().overshootNanos(),
                    event.call().requestBytes(),
                    event.call().replyBytes(),
                    event.charges().stream().map(ChargeJson::of).toList(),
                    event.metering().costNanos(),
                    event.metering().priceVersion(),
                    event.metering().reportedCostNanos(),
                    adjustments.stream().map(AdjustmentJson::of).toList());
        }
    }

    /** @param costNanos a difference */
    record AdjustmentJson(
            String id,
            Instant time,
            @Nullable String rerate,
            String author,
            @Nullable String note,
            long costNanos,
            String costUsd,
            @Nullable String priceVersion,
            List<ChargeJson> charges) {

        static AdjustmentJson of(Adjustment adjustment) {
            Adjustment.Reason reason = adjustment.reason();
            return new AdjustmentJson(
                    adjustment.id().toString(),
                    Instant.ofEpochMilli(adjustment.adjustedAtMillis()),
                    reason.rerate() == null ? null : reason.rerate().toString(),
                    reason.author(),
                    reason.note(),
                    adjustment.costNanos(),
                    Money.ofNanos(adjustment.costNanos()).usd(),
                    adjustment.priceVersion(),
                    adjustment.charges().stream().map(ChargeJson::of).toList());
        }
    }

    record ChargeJson(
            String budget,
            String window,
            Instant windowStart,
            Instant windowEnd,
            long heldNanos,
            String heldUsd,
            long chargedNanos,
            String chargedUsd) {

        static ChargeJson of(RequestEvent.Charge charge) {
            return new ChargeJson(
                    charge.budget().toString(),
                    charge.window(),
                    Instant.ofEpochMilli(charge.windowStartMillis()),
                    Instant.ofEpochMilli(charge.windowEndMillis()),
                    charge.heldNanos(),
                    Money.ofNanos(charge.heldNanos()).usd(),
                    charge.chargedNanos(),
                    Money.ofNanos(charge.chargedNanos()).usd());
        }
    }
}
