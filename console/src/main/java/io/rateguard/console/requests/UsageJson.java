package io.rateguard.console.requests;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rateguard.analytics.question.UsageRow;
import io.rateguard.domain.money.Money;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Usage of one step of time and one group; only the fields that were grouped by are there. */
record UsageJson(
        Instant time,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String api,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String key,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String endpoint,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String model,
        long requests,
        long refused,
        long errors,
        long costNanos,
        String costUsd,
        Map<String, Long> tokens,
        UsageRow.Percentiles latencyMillis) {

    static UsageJson of(UsageRow row) {
        return new UsageJson(
                row.time(),
                row.api(),
                row.key() == null ? null : row.key().toString(),
                row.endpoint(),
                row.model(),
                row.requests(),
                row.refused(),
                row.errors(),
                row.costNanos(),
                Money.ofNanos(row.costNanos()).usd(),
                RequestJson.counts(row.tokens()),
                row.latencyMillis());
    }
}
