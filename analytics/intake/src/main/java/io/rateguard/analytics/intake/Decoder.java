package io.rateguard.analytics.intake;

import io.rateguard.analytics.table.Provenance;
import io.rateguard.domain.event.Adjustment;
import io.rateguard.domain.event.BudgetCrossed;
import io.rateguard.domain.event.EventJson;
import io.rateguard.domain.event.RequestEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Reads messages. The same message always gives the same answer: a block may have to be read again. */
final class Decoder {

    static final String JOURNAL = "journal";
    static final String SEQUENCE = "sequence";

    private static final int MOST_REASON_CHARS = 500;
    private static final long EARLIEST_MILLIS =
            Instant.parse("2000-01-01T00:00:00Z").toEpochMilli();
    private static final long LATEST_MILLIS =
            Instant.parse("2100-01-01T00:00:00Z").toEpochMilli();

    private Decoder() {}

    static Decoded decode(ConsumerRecord<byte[], byte[]> message) {
        try {
            UUID journal = UUID.fromString(header(message, JOURNAL));
            long sequence = Long.parseLong(header(message, SEQUENCE));
            if (message.value() == null) {
                throw new IllegalArgumentException("value: none (expected: an event)");
            }
            Provenance provenance = new Provenance(message.partition(), message.offset(), journal, sequence);
            return switch (EventJson.decode(message.value())) {
                case RequestEvent event -> {
                    requireComplete(event);
                    yield new Decoded.Request(event, provenance);
                }
                case Adjustment adjustment -> {
                    requireTime("adjustment.chargedAtMillis", adjustment.chargedAtMillis());
                    requireTime("adjustment.adjustedAtMillis", adjustment.adjustedAtMillis());
                    yield new Decoded.Correction(adjustment, provenance);
                }
                case BudgetCrossed crossed -> new Decoded.Passed(provenance);
            };
        } catch (RuntimeException unreadable) {
            return new Decoded.Unreadable(message, reason(unreadable));
        }
    }

    /** Its place in its journal, {@code journal:sequence}; empty when that cannot be read. */
    static String sentAs(ConsumerRecord<byte[], byte[]> message) {
        try {
            return UUID.fromString(header(message, JOURNAL)) + ":" + Long.parseLong(header(message, SEQUENCE));
        } catch (IllegalArgumentException unreadable) {
            return "";
        }
    }

    /** JSON can leave out what the types promise. */
    private static void requireComplete(RequestEvent event) {
        require("requestId", event.requestId());
        require("caller.workspace", event.caller().workspace());
        require("call.apiSlug", event.call().apiSlug());
        require("call.method", event.call().method());
        require("call.path", event.call().path());
        require("call.endpoint", event.call().endpoint());
        require("verdict.decision", event.verdict().decision());
        require("verdict.outcome", event.verdict().outcome());
        require("metering.usage", event.metering().usage());
        require("metering.source", event.metering().source());
        RequestEvent.Refusal refusal = event.verdict().refusal();
        if (refusal != null) {
            require("verdict.refusal.code", refusal.code());
            requireTimeOrNever("verdict.refusal.resetAtMillis", refusal.resetAtMillis());
        }
        requireText("caller.keyName", event.caller().keyName());
        requireText("caller.project", event.caller().project());
        requireText("caller.customer", event.caller().customer());
        event.caller().tags().forEach((name, value) -> {
            requireText("caller.tags", name);
            requireText("caller.tags." + name, value);
        });
        requireText("call.apiSlug", event.call().apiSlug());
        requireText("call.method", event.call().method());
        requireText("call.path", event.call().path());
        requireText("call.endpoint", event.call().endpoint());
        requireText("call.model", event.call().model());
        requireText("call.servedModel", event.call().servedModel());
        requireText("verdict.refusal", refusal);
        event.verdict().shadowed().forEach(each -> requireText("verdict.shadowed", each));
        requireText("metering.priceVersion", event.metering().priceVersion());
        requireText("metering.serviceTier", event.metering().serviceTier());
        for (RequestEvent.Charge charge : event.charges()) {
            require("charges.budget", charge.budget());
            require("charges.window", charge.window());
            requireText("charges.window", charge.window());
        }
        requireTime("times.chargedAtMillis", event.times().chargedAtMillis());
        requireTime("times.arrivedAtMillis", event.times().arrivedAtMillis());
        requireTime("times.finishedAtMillis", event.times().finishedAtMillis());
    }

    private static void require(String field, @Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException(field + ": none (expected: a value)");
        }
    }

    private static void requireText(String field, RequestEvent.@Nullable Refusal refusal) {
        if (refusal != null) {
            requireText(field + ".code", refusal.code());
            requireText(field + ".rule", refusal.rule());
            requireText(field + ".ruleName", refusal.ruleName());
            requireText(field + ".scope", refusal.scope());
        }
    }

    /** Half of a surrogate pair has no bytes in UTF-8: another character would be kept in its place. */
    private static void requireText(String field, @Nullable String value) {
        if (value == null) {
            return;
        }
        for (int i = 0; i < value.length(); i++) {
            if (Character.isSurrogate(value.charAt(i))) {
                boolean isPair =
                        i + 1 < value.length() && Character.isSurrogatePair(value.charAt(i), value.charAt(i + 1));
                if (!isPair) {
                    throw new IllegalArgumentException(String.format(
                            Locale.ROOT,
                            "%s: half of a surrogate pair, U+%04X, at %d (expected: whole characters)",
                            field,
                            (int) value.charAt(i),
                            i));
                }
                i++;
            }
        }
    }

    private static void requireTimeOrNever(String field, long millis) {
        if (millis != 0) {
            requireTime(field, millis);
        }
    }

    private static void requireTime(String field, long millis) {
        if (millis < EARLIEST_MILLIS || millis >= LATEST_MILLIS) {
            throw new IllegalArgumentException(field + ": " + millis + " (expected: a time from 2000 to 2099)");
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> message, String name) {
        Header header = message.headers().lastHeader(name);
        if (header == null || header.value() == null) {
            throw new IllegalArgumentException("header " + name + ": none (expected: one)");
        }
        return new String(header.value(), StandardCharsets.UTF_8);
    }

    private static String reason(RuntimeException unreadable) {
        String message = unreadable.getMessage();
        return message == null
                ? unreadable.getClass().getSimpleName()
                : message.substring(0, Math.min(message.length(), MOST_REASON_CHARS));
    }
}
