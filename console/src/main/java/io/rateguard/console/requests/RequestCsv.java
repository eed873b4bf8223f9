package io.rateguard.console.requests;

import io.rateguard.analytics.question.RequestRow;
import io.rateguard.console.csv.CsvWriter;
import io.rateguard.domain.event.RequestEvent.Refusal;
import io.rateguard.domain.usage.Usage;
import io.rateguard.domain.usage.UsageClass;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Requests as records of an export: a column for each field, and one for each class of usage. */
final class RequestCsv {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String[] BEFORE_USAGE = {
        "request_id",
        "time",
        "api",
        "key_id",
        "key_name",
        "method",
        "path",
        "model",
        "decision",
        "status",
        "cost_nanos",
        "cost_usd",
        "price_version",
        "usage_source",
        "stream"
    };
    private static final String[] AFTER_USAGE = {
        "total_micros",
        "upstream_micros",
        "overhead_micros",
        "first_byte_micros",
        "customer",
        "tags",
        "refusal_code",
        "refusal_rule"
    };

    private RequestCsv() {}

    static void columns(CsvWriter csv) {
        csv.names(BEFORE_USAGE);
        usageColumns(csv);
        csv.names(AFTER_USAGE).end();
    }

    static void record(CsvWriter csv, RequestRow row) {
        csv.text(row.requestId().value())
                .raw(row.time().toString())
                .text(row.api())
                .raw(row.key() == null ? "" : row.key().toString())
                .text(row.keyName())
                .text(row.method())
                .text(row.path())
                .text(row.model())
                .raw(row.decision().wireName())
                .whole(row.status())
                .whole(row.cost().nanos())
                .raw(row.cost().usd())
                .text(row.priceVersion())
                .raw(row.usageSource().name().toLowerCase(Locale.ROOT))
                .raw(Boolean.toString(row.stream()));
        usage(csv, row.usage());
        csv.whole(row.latency().totalMicros())
                .whole(row.latency().upstreamMicros())
                .whole(row.latency().overheadMicros())
                .whole(row.latency().firstByteMicros())
                .text(row.customer())
                .text(JSON.writeValueAsString(new TreeMap<>(row.tags())));
        @Nullable Refusal refusal = row.refusal();
        csv.text(refusal == null ? null : refusal.code())
                .text(refusal == null ? null : refusal.ruleName())
                .end();
    }

    static void usageColumns(CsvWriter csv) {
        for (UsageClass usageClass : UsageClass.values()) {
            csv.text("usage_" + usageClass.wireName());
        }
    }

    static void usage(CsvWriter csv, Usage usage) {
        for (UsageClass usageClass : UsageClass.values()) {
            csv.whole(usage.count(usageClass));
        }
    }
}
