package io.rateguard.console.requests;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.rateguard.analytics.question.Figure;
import io.rateguard.analytics.question.UsageQuestion;
import io.rateguard.analytics.question.UsageRow;
import io.rateguard.domain.money.Money;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Usage of one step of time and one group; only the fields that were grouped by and the figures that were asked for are there, a
 * tag as {@code tag.<name>}.
 */
record UsageJson(
        Instant time,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String api,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String key,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String endpoint,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String model,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String customer,
        @JsonAnyGetter Map<String, String> tag,
        long requests,
        long refused,
        long errors,
        long costNanos,
        String costUsd,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<String, Long> tokens,
        @JsonInclude(JsonInclude.Include.NON_NULL) UsageRow.@Nullable Percentiles latencyMillis) {

    static UsageJson of(UsageRow row, UsageQuestion question) {
        return new UsageJson(
                row.time(),
                row.api(),
                row.key() == null ? null : row.key().toString(),
                row.endpoint(),
                row.model(),
                row.customer(),
                row.tagValue() == null ? Map.of() : Map.of(Question.TAG + question.tag(), row.tagValue()),
                row.requests(),
                row.refused(),
                row.errors(),
                row.costNanos(),
                Money.ofNanos(row.costNanos()).usd(),
                question.figures().contains(Figure.TOKENS) ? RequestJson.counts(row.tokens()) : null,
                row.latencyMillis());
    }
}
