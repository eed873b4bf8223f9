package io.rateguard.proxy.dialect;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Gemini's own language: the model and whether the answer is a stream stand in the path. */
final class Gemini implements Dialect {

    enum Kind {
        GENERATE("gemini-generate"),
        STREAM("gemini-stream"),
        EMBED("gemini-embed");

        private final String name;

        Kind(String name) {
            this.name = name;
        }
    }

    private final Kind kind;

    Gemini(Kind kind) {
        this.kind = kind;
    }

    @Override
    public String name() {
        return kind.name;
    }

    @Override
    public Ask ask(ByteBuf body, @Nullable String contentType, Address address) {
        return new GeminiAsk(body, contentType, address, kind).read();
    }

    @Override
    public ReplyMeter meter(Ask ask, int status, @Nullable String contentType, @Nullable String contentEncoding) {
        return ReplyMeters.of(GeminiUsage.TREE, GeminiTally::new, ask, status, contentType, contentEncoding);
    }

    @Override
    public ErrorBody error(ErrorCategory category, int status, String code, String message, ErrorDetail detail) {
        return ErrorJson.body("application/json", out -> {
            out.writeObjectPropertyStart("error");
            out.writeNumberProperty("code", status);
            out.writeStringProperty("message", message);
            out.writeStringProperty("status", state(category, status));
            out.writeArrayPropertyStart("details");
            out.writeStartObject();
            out.writeStringProperty("@type", "type.googleapis.com/google.rpc.ErrorInfo");
            out.writeStringProperty("reason", code);
            out.writeStringProperty("domain", "rateguard");
            out.writeObjectPropertyStart("metadata");
            ErrorJson.optional(out, "requestId", detail.requestId());
            ErrorJson.optional(out, "rule", detail.rule());
            ErrorJson.optional(out, "resetAt", detail.resetAt());
            out.writeEndObject();
            out.writeEndObject();
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    private static String state(ErrorCategory category, int status) {
        return switch (category) {
            case LIMIT, BUDGET -> "RESOURCE_EXHAUSTED";
            case CALLER ->
                switch (status) {
                    case 401 -> "UNAUTHENTICATED";
                    case 403 -> "PERMISSION_DENIED";
                    case 404 -> "NOT_FOUND";
                    default -> "INVALID_ARGUMENT";
                };
            case UPSTREAM, INTERNAL ->
                switch (status) {
                    case 503 -> "UNAVAILABLE";
                    case 504 -> "DEADLINE_EXCEEDED";
                    default -> "INTERNAL";
                };
        };
    }
}
