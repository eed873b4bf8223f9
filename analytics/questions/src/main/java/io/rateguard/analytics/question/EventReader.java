package io.rateguard.analytics.question;

import io.rateguard.domain.event.Adjustment;
import io.rateguard.domain.event.Decision;
import io.rateguard.domain.event.Outcome;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.event.RequestEvent.Call;
import io.rateguard.domain.event.RequestEvent.Caller;
import io.rateguard.domain.event.RequestEvent.Charge;
import io.rateguard.domain.event.RequestEvent.Metering;
import io.rateguard.domain.event.RequestEvent.Refusal;
import io.rateguard.domain.event.RequestEvent.Times;
import io.rateguard.domain.event.RequestEvent.Verdict;
import io.rateguard.domain.id.ApiId;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.usage.Usage;
import io.rateguard.domain.usage.UsageClass;
import io.rateguard.domain.usage.UsageSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Turns a row of the request log back into the event it was made from. */
final class EventReader {

    private EventReader() {}

    static RequestEvent read(JsonNode row) {
        return new RequestEvent(
                new RequestId(text(row, "request_id")),
                caller(row),
                call(row),
                times(row),
                verdict(row),
                metering(row),
                charges(row.path("charges")));
    }

    static Adjustment adjustment(JsonNode row) {
        String api = textOrNull(row, "api_id");
        String rerate = textOrNull(row, "rerate_id");
        return new Adjustment(
                UUID.fromString(text(row, "id")),
                new RequestId(text(row, "request_id")),
                caller(row),
                api == null ? null : ApiId.of(api),
                text(row, "api"),
                text(row, "endpoint"),
                textOrNull(row, "model"),
                Decision.valueOf(constant(row, "decision")),
                whole(row, "charged_at_millis"),
                whole(row, "adjusted_at_millis"),
                new Adjustment.Reason(
                        rerate == null ? null : UUID.fromString(rerate), text(row, "author"), textOrNull(row, "note")),
                whole(row, "cost_nanos"),
                textOrNull(row, "price_version"),
                charges(row.path("charges")));
    }

    static Usage usage(JsonNode counts) {
        Usage.Builder usage = Usage.builder();
        counts.properties()
                .forEach(entry -> usage.set(
                        UsageClass.ofWireName(entry.getKey()), entry.getValue().asLong()));
        return usage.build();
    }

    private static Caller caller(JsonNode row) {
        String key = textOrNull(row, "key_id");
        return new Caller(
                WorkspaceId.of(text(row, "workspace_id")),
                key == null ? null : ApiKeyId.of(key),
                textOrNull(row, "key_name"),
                textOrNull(row, "project"),
                textOrNull(row, "customer"),
                tags(row));
    }

    static Map<String, String> tags(JsonNode row) {
        Map<String, String> tags = new HashMap<>();
        row.path("tags")
                .properties()
                .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asString()));
        return tags;
    }

    private static Call call(JsonNode row) {
        String api = textOrNull(row, "api_id");
        return new Call(
                api == null ? null : ApiId.of(api),
                text(row, "api"),
                text(row, "method"),
                text(row, "path"),
                text(row, "endpoint"),
                textOrNull(row, "model"),
                textOrNull(row, "served_model"),
                row.path("stream").asBoolean(),
                whole(row, "request_bytes"),
                whole(row, "reply_bytes"),
                Math.toIntExact(whole(row, "attempts")),
                wholeOrNull(row, "fingerprint"));
    }

    private static Times times(JsonNode row) {
        return new Times(
                whole(row, "charged_at_millis"),
                whole(row, "arrived_at_millis"),
                whole(row, "finished_at_millis"),
                whole(row, "total_micros"),
                whole(row, "upstream_micros"),
                whole(row, "overhead_micros"),
                whole(row, "first_byte_micros"));
    }

    private static Verdict verdict(JsonNode row) {
        return new Verdict(
                Decision.valueOf(constant(row, "decision")),
                Math.toIntExact(whole(row, "status")),
                Outcome.valueOf(constant(row, "outcome")),
                refusal(row),
                row.path("degraded").asBoolean(),
                shadowed(row.path("shadowed")));
    }

    private static List<Refusal> shadowed(JsonNode rows) {
        List<Refusal> shadowed = new ArrayList<>();
        for (JsonNode row : rows) {
            shadowed.add(new Refusal(
                    text(row, "code"),
                    text(row, "rule"),
                    text(row, "rule_name"),
                    text(row, "scope"),
                    whole(row, "used"),
                    whole(row, "limit"),
                    whole(row, "reset_at_millis")));
        }
        return shadowed;
    }

    private static @Nullable Refusal refusal(JsonNode row) {
        String code = textOrNull(row, "refusal_code");
        if (code == null) {
            return null;
        }
        return new Refusal(
                code,
                textOrNull(row, "refusal_rule"),
                textOrNull(row, "refusal_rule_name"),
                textOrNull(row, "refusal_scope"),
                whole(row, "refusal_used"),
                whole(row, "refusal_limit"),
                whole(row, "refusal_reset_at_millis"));
    }

    private static Metering metering(JsonNode row) {
        return new Metering(
                usage(row.path("usage")),
                UsageSource.valueOf(constant(row, "usage_source")),
                whole(row, "cost_nanos"),
                textOrNull(row, "price_version"),
                row.path("unpriced").asBoolean(),
                textOrNull(row, "service_tier"),
                whole(row, "estimated_tokens"),
                whole(row, "overshoot_nanos"),
                wholeOrNull(row, "reported_cost_nanos"));
    }

    private static List<Charge> charges(JsonNode rows) {
        List<Charge> charges = new ArrayList<>();
        for (JsonNode row : rows) {
            charges.add(new Charge(
                    BudgetId.of(text(row, "budget_id")),
                    text(row, "window"),
                    whole(row, "window_start_millis"),
                    whole(row, "window_end_millis"),
                    whole(row, "held_nanos"),
                    whole(row, "charged_nanos")));
        }
        return charges;
    }

    static String constant(JsonNode row, String column) {
        return text(row, column).toUpperCase(Locale.ROOT).replace('-', '_');
    }

    static String text(JsonNode row, String column) {
        return row.required(column).asString();
    }

    static @Nullable String textOrNull(JsonNode row, String column) {
        JsonNode value = row.required(column);
        return value.isNull() ? null : value.asString();
    }

    static long whole(JsonNode row, String column) {
        return row.required(column).longValue();
    }

    private static @Nullable Long wholeOrNull(JsonNode row, String column) {
        JsonNode value = row.required(column);
        return value.isNull() ? null : value.longValue();
    }
}
