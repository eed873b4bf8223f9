package io.rateguard.analytics.question;

import io.rateguard.domain.event.Adjustment;
import io.rateguard.domain.event.Decision;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.event.RequestEvent.Refusal;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.money.Money;
import io.rateguard.domain.usage.Usage;
import io.rateguard.domain.usage.UsageSource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request as the request log lists it.
 *
 * @param time the charge instant
 * @param api the API's slug
 * @param keyName the key's name when the request was made
 * @param cost with its corrections, as is the price that it comes from
 */
public record RequestRow(
        RequestId requestId,
        Instant time,
        String api,
        @Nullable ApiKeyId key,
        @Nullable String keyName,
        String method,
        String path,
        @Nullable String model,
        Decision decision,
        int status,
        Money cost,
        @Nullable String priceVersion,
        Usage usage,
        UsageSource usageSource,
        boolean stream,
        Latency latency,
        @Nullable String customer,
        Map<String, String> tags,
        @Nullable Refusal refusal) {

    /** Where the time went, in microseconds; {@code firstByteMicros} counts from the hand-over to the upstream. */
    public record Latency(long totalMicros, long upstreamMicros, long overheadMicros, long firstByteMicros) {}

    /** One that was not corrected. */
    public static RequestRow of(RequestEvent event) {
        return of(event, List.of());
    }

    /** @param adjustments what it was corrected by, in the order they were made */
    public static RequestRow of(RequestEvent event, List<Adjustment> adjustments) {
        Money recorded = Money.ofNanos(event.metering().costNanos());
        return new RequestRow(
                event.requestId(),
                Instant.ofEpochMilli(event.times().chargedAtMillis()),
                event.call().apiSlug(),
                event.caller().key(),
                event.caller().keyName(),
                event.call().method(),
                event.call().path(),
                event.call().model(),
                event.verdict().decision(),
                event.verdict().status(),
                adjustments.stream()
                        .map(adjustment -> Money.ofNanos(adjustment.costNanos()))
                        .reduce(recorded, Money::plus),
                adjustments.isEmpty()
                        ? event.metering().priceVersion()
                        : adjustments.getLast().priceVersion(),
                event.metering().usage(),
                event.metering().source(),
                event.call().stream(),
                new Latency(
                        event.times().totalMicros(),
                        event.times().upstreamMicros(),
                        event.times().overheadMicros(),
                        event.times().firstByteMicros()),
                event.caller().customer(),
                event.caller().tags(),
                event.verdict().refusal());
    }
}
