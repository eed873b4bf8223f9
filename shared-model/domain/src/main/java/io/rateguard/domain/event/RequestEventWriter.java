package io.rateguard.domain.event;

import io.rateguard.domain.event.RequestEvent.Call;
import io.rateguard.domain.event.RequestEvent.Caller;
import io.rateguard.domain.event.RequestEvent.Charge;
import io.rateguard.domain.event.RequestEvent.Metering;
import io.rateguard.domain.event.RequestEvent.Refusal;
import io.rateguard.domain.event.RequestEvent.Times;
import io.rateguard.domain.event.RequestEvent.Verdict;
import io.rateguard.domain.usage.UsageClass;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Writes an event field by field. Each request is written twice on its event loop, where binding by reflection was a
 * good part of the whole and, the first time, held the loop up.
 */
final class RequestEventWriter {

    private RequestEventWriter() {}

    static void write(JsonGenerator out, RequestEvent event) {
        out.writeStartObject();
        out.writeStringProperty("requestId", event.requestId().toString());
        out.writeName("caller");
        caller(out, event.caller());
        out.writeName("call");
        call(out, event.call());
        out.writeName("times");
        times(out, event.times());
        out.writeName("verdict");
        verdict(out, event.verdict());
        out.writeName("metering");
        metering(out, event.metering());
        out.writeArrayPropertyStart("charges");
        for (Charge charge : event.charges()) {
            charge(out, charge);
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private static void caller(JsonGenerator out, Caller caller) {
        out.writeStartObject();
        out.writeStringProperty("workspace", caller.workspace().toString());
        text(out, "key", caller.key());
        text(out, "keyName", caller.keyName());
        text(out, "project", caller.project());
        text(out, "customer", caller.customer());
        out.writeObjectPropertyStart("tags");
        for (Map.Entry<String, String> tag : caller.tags().entrySet()) {
            out.writeStringProperty(tag.getKey(), tag.getValue());
        }
        out.writeEndObject();
        out.writeEndObject();
    }

    private static void call(JsonGenerator out, Call call) {
        out.writeStartObject();
        text(out, "api", call.api());
        out.writeStringProperty("apiSlug", call.apiSlug());
        out.writeStringProperty("method", call.method());
        out.writeStringProperty("path", call.path());
        out.writeStringProperty("endpoint", call.endpoint());
        text(out, "model", call.model());
        text(out, "servedModel", call.servedModel());
        out.writeBooleanProperty("stream", call.stream());
        out.writeNumberProperty("requestBytes", call.requestBytes());
        out.writeNumberProperty("replyBytes", call.replyBytes());
        out.writeNumberProperty("attempts", call.attempts());
        number(out, "fingerprint", call.fingerprint());
        out.writeEndObject();
    }

    private static void times(JsonGenerator out, Times times) {
        out.writeStartObject();
        out.writeNumberProperty("chargedAtMillis", times.chargedAtMillis());
        out.writeNumberProperty("arrivedAtMillis", times.arrivedAtMillis());
        out.writeNumberProperty("finishedAtMillis", times.finishedAtMillis());
        out.writeNumberProperty("totalMicros", times.totalMicros());
        out.writeNumberProperty("upstreamMicros", times.upstreamMicros());
        out.writeNumberProperty("overheadMicros", times.overheadMicros());
        out.writeNumberProperty("firstByteMicros", times.firstByteMicros());
        out.writeEndObject();
    }

    private static void verdict(JsonGenerator out, Verdict verdict) {
        out.writeStartObject();
        out.writeStringProperty("decision", verdict.decision().name());
        out.writeNumberProperty("status", verdict.status());
        out.writeStringProperty("outcome", verdict.outcome().name());
        Refusal refusal = verdict.refusal();
        if (refusal == null) {
            out.writeNullProperty("refusal");
        } else {
            out.writeName("refusal");
            refusal(out, refusal);
        }
        out.writeBooleanProperty("degraded", verdict.degraded());
        out.writeArrayPropertyStart("shadowed");
        for (Refusal shadowed : verdict.shadowed()) {
            refusal(out, shadowed);
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private static void refusal(JsonGenerator out, Refusal refusal) {
        out.writeStartObject();
        out.writeStringProperty("code", refusal.code());
        text(out, "rule", refusal.rule());
        text(out, "ruleName", refusal.ruleName());
        text(out, "scope", refusal.scope());
        out.writeNumberProperty("used", refusal.used());
        out.writeNumberProperty("limit", refusal.limit());
        out.writeNumberProperty("resetAtMillis", refusal.resetAtMillis());
        out.writeEndObject();
    }

    private static void metering(JsonGenerator out, Metering metering) {
        out.writeStartObject();
        out.writeObjectPropertyStart("usage");
        for (Map.Entry<UsageClass, Long> count : metering.usage().counts().entrySet()) {
            out.writeNumberProperty(count.getKey().wireName(), count.getValue());
        }
        out.writeEndObject();
        out.writeStringProperty("source", metering.source().name());
        out.writeNumberProperty("costNanos", metering.costNanos());
        text(out, "priceVersion", metering.priceVersion());
        out.writeBooleanProperty("unpriced", metering.unpriced());
        text(out, "serviceTier", metering.serviceTier());
        out.writeNumberProperty("estimatedTokens", metering.estimatedTokens());
        out.writeNumberProperty("overshootNanos", metering.overshootNanos());
        number(out, "reportedCostNanos", metering.reportedCostNanos());
        out.writeEndObject();
    }

    private static void charge(JsonGenerator out, Charge charge) {
        out.writeStartObject();
        out.writeStringProperty("budget", charge.budget().toString());
        out.writeStringProperty("window", charge.window());
        out.writeNumberProperty("windowStartMillis", charge.windowStartMillis());
        out.writeNumberProperty("windowEndMillis", charge.windowEndMillis());
        out.writeNumberProperty("heldNanos", charge.heldNanos());
        out.writeNumberProperty("chargedNanos", charge.chargedNanos());
        out.writeEndObject();
    }

    private static void number(JsonGenerator out, String name, @Nullable Long value) {
        if (value == null) {
            out.writeNullProperty(name);
        } else {
            out.writeNumberProperty(name, value);
        }
    }

    private static void text(JsonGenerator out, String name, @Nullable Object value) {
        if (value == null) {
            out.writeNullProperty(name);
        } else {
            out.writeStringProperty(name, value.toString());
        }
    }
}
