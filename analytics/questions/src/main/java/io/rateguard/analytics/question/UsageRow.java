package io.rateguard.analytics.question;

import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.usage.Usage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Usage of one step of time and one group.
 *
 * @param time when the step starts; {@code from} where the bucket is the total
 * @param api the API's slug; null, like key, endpoint, model and customer, when not split by or not known
 * @param tagValue of the tag that is split by; null when not split by one
 * @param requests all of them, refused ones too
 * @param refused what was not let through
 * @param errors what was let through and failed: status 400 or more, or no whole answer from the upstream
 * @param tokens counts per usage class; none when not asked for
 * @param latencyMillis null when not asked for, or split by a tag or the customer
 */
public record UsageRow(
        Instant time,
        @Nullable String api,
        @Nullable ApiKeyId key,
        @Nullable String endpoint,
        @Nullable String model,
        @Nullable String customer,
        @Nullable String tagValue,
        long requests,
        long refused,
        long errors,
        long costNanos,
        Usage tokens,
        @Nullable Percentiles latencyMillis) {

    /** Total latency of what was let through, in milliseconds, true to 1.6 percent; zero when nothing was. */
    public record Percentiles(double p50, double p95, double p99) {}
}
