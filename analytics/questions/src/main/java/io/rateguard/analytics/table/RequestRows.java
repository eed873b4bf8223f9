package io.rateguard.analytics.table;

import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.event.RequestEvent.Call;
import io.rateguard.domain.event.RequestEvent.Metering;
import io.rateguard.domain.event.RequestEvent.Refusal;
import io.rateguard.domain.event.RequestEvent.Times;
import io.rateguard.domain.event.RequestEvent.Verdict;
import io.rateguard.domain.usage.Usage;
import io.rateguard.domain.usage.UsageClass;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns events into rows of {@code requests}; the order of the columns here is the order of the writing below. */
public final class RequestRows {

    private static final List<String> COLUMNS = List.of(
            "request_id",
            "workspace_id",
            "key_id",
            "key_name",
            "project",
            "customer",
            "tags",
            "api_id",
            "api",
            "method",
            "path",
            "endpoint",
            "model",
            "served_model",
            "stream",
            "request_bytes",
            "reply_bytes",
            "attempts",
            "fingerprint",
            "charged_at",
            "arrived_at",
            "finished_at",
            "total_micros",
            "upstream_micros",
            "overhead_micros",
            "first_byte_micros",
            "decision",
            "status",
            "outcome",
            "degraded",
            "refusal_code",
            "refusal_rule",
            "refusal_rule_name",
            "refusal_scope",
            "refusal_used",
            "refusal_limit",
            "refusal_reset_at",
            "shadowed",
            "usage",
            "usage_source",
            "cost_nanos",
            "price_version",
            "unpriced",
            "service_tier",
            "estimated_tokens",
            "overshoot_nanos",
            "reported_cost_nanos",
            "charges",
            "kafka_partition",
            "kafka_offset",
            "journal",
            "sequence");
    private static final UsageClass[] CLASSES = UsageClass.values();

    private final JsonRows rows = new JsonRows();
    private int rowCount;

    public RequestRows add(RequestEvent event, Provenance provenance) {
        rows.beginRow().text(event.requestId().value());
        EventColumns.caller(rows, event.caller());
        call(event.call());
        times(event.times());
        verdict(event.verdict());
        metering(event.metering());
        EventColumns.charges(rows, event.charges());
        EventColumns.provenance(rows, provenance);
        rows.endRow();
        rowCount++;
        return this;
    }

    public Block block() {
        return new Block("requests", COLUMNS, rows, rowCount);
    }

    private void call(Call call) {
        rows.uuid(call.api() == null ? null : call.api().value())
                .text(call.apiSlug())
                .text(call.method())
                .text(call.path())
                .text(call.endpoint())
                .text(call.model())
                .text(call.servedModel())
                .bool(call.stream())
                .whole(call.requestBytes())
                .whole(call.replyBytes())
                .whole(call.attempts())
                .whole(call.fingerprint());
    }

    private void times(Times times) {
        rows.time(times.chargedAtMillis())
                .time(times.arrivedAtMillis())
                .time(times.finishedAtMillis())
                .whole(times.totalMicros())
                .whole(times.upstreamMicros())
                .whole(times.overheadMicros())
                .whole(times.firstByteMicros());
    }

    private void verdict(Verdict verdict) {
        rows.text(verdict.decision().wireName())
                .whole(verdict.status())
                .text(verdict.outcome().wireName())
                .bool(verdict.degraded());
        refusal(verdict.refusal());
        shadowed(verdict.shadowed());
    }

    private void refusal(@Nullable Refusal refusal) {
        if (refusal == null) {
            rows.text(null).text(null).text(null).text(null).whole(0).whole(0).time(0);
            return;
        }
        rows.text(refusal.code())
                .text(refusal.rule())
                .text(refusal.ruleName())
                .text(refusal.scope())
                .whole(refusal.used())
                .whole(refusal.limit())
                .time(refusal.resetAtMillis());
    }

    private void shadowed(List<Refusal> refusals) {
        rows.beginArray();
        for (Refusal refusal : refusals) {
            rows.beginObject()
                    .field("code")
                    .text(refusal.code())
                    .field("rule")
                    .text(Objects.requireNonNullElse(refusal.rule(), ""))
                    .field("rule_name")
                    .text(Objects.requireNonNullElse(refusal.ruleName(), ""))
                    .field("scope")
                    .text(Objects.requireNonNullElse(refusal.scope(), ""))
                    .field("used")
                    .whole(refusal.used())
                    .field("limit")
                    .whole(refusal.limit())
                    .field("reset_at_millis")
                    .whole(refusal.resetAtMillis())
                    .endObject();
        }
        rows.endArray();
    }

    private void metering(Metering metering) {
        usage(metering.usage());
        rows.text(metering.source().name().toLowerCase(Locale.ROOT))
                .whole(metering.costNanos())
                .text(metering.priceVersion())
                .bool(metering.unpriced())
                .text(metering.serviceTier())
                .whole(metering.estimatedTokens())
                .whole(metering.overshootNanos())
                .whole(metering.reportedCostNanos());
    }

    private void usage(Usage usage) {
        rows.beginObject();
        for (UsageClass usageClass : CLASSES) {
            if (usage.count(usageClass) > 0) {
                rows.field(usageClass.wireName()).whole(usage.count(usageClass));
            }
        }
        rows.endObject();
    }
}
