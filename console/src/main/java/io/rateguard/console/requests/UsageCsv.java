package io.rateguard.console.requests;

import io.rateguard.analytics.question.Figure;
import io.rateguard.analytics.question.GroupBy;
import io.rateguard.analytics.question.UsageQuestion;
import io.rateguard.analytics.question.UsageRow;
import io.rateguard.console.csv.CsvWriter;
import io.rateguard.domain.money.Money;
import org.jspecify.annotations.Nullable;

/** Usage as records of an export: what it is grouped by, the counts, and the figures that were asked for. */
final class UsageCsv {

    private UsageCsv() {}

    static void columns(CsvWriter csv, UsageQuestion question) {
        csv.text("time");
        for (GroupBy group : GroupBy.values()) {
            if (question.groupBy().contains(group)) {
                csv.text(group.wireName());
            }
        }
        if (question.tag() != null) {
            csv.text(Question.TAG + question.tag());
        }
        csv.names("requests", "refused", "errors", "cost_nanos", "cost_usd");
        if (question.figures().contains(Figure.TOKENS)) {
            RequestCsv.usageColumns(csv);
        }
        if (question.figures().contains(Figure.LATENCY)) {
            csv.names("p50_millis", "p95_millis", "p99_millis");
        }
        csv.end();
    }

    static void record(CsvWriter csv, UsageQuestion question, UsageRow row) {
        csv.raw(row.time().toString());
        for (GroupBy group : GroupBy.values()) {
            if (question.groupBy().contains(group)) {
                csv.text(value(row, group));
            }
        }
        if (question.tag() != null) {
            csv.text(row.tagValue());
        }
        csv.whole(row.requests())
                .whole(row.refused())
                .whole(row.errors())
                .whole(row.costNanos())
                .raw(Money.ofNanos(row.costNanos()).usd());
        if (question.figures().contains(Figure.TOKENS)) {
            RequestCsv.usage(csv, row.tokens());
        }
        if (question.figures().contains(Figure.LATENCY)) {
            UsageRow.@Nullable Percentiles millis = row.latencyMillis();
            csv.raw(millis == null ? "" : Double.toString(millis.p50()))
                    .raw(millis == null ? "" : Double.toString(millis.p95()))
                    .raw(millis == null ? "" : Double.toString(millis.p99()));
        }
        csv.end();
    }

    private static @Nullable String value(UsageRow row, GroupBy group) {
        return switch (group) {
            case API -> row.api();
            case KEY -> row.key() == null ? null : row.key().toString();
            case ENDPOINT -> row.endpoint();
            case MODEL -> row.model();
            case CUSTOMER -> row.customer();
        };
    }
}
