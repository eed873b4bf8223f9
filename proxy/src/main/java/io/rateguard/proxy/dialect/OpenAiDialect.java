package io.rateguard.proxy.dialect;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** One of OpenAI's endpoints, as OpenAI or one of the many that speak like it has it; unary and streamed. */
final class OpenAiDialect implements Dialect {

    enum Kind {
        CHAT("openai-chat"),
        COMPLETIONS("openai-completions"),
        RESPONSES("openai-responses"),
        EMBEDDINGS("openai-embeddings");

        private final String name;

        Kind(String name) {
            this.name = name;
        }
    }

    private final Kind kind;
    private final Quirks quirks;

    OpenAiDialect(Kind kind, Quirks quirks) {
        this.kind = kind;
        this.quirks = quirks;
    }

    @Override
    public String name() {
        return kind.name;
    }

    @Override
    public Ask ask(ByteBuf body, @Nullable String contentType, Address address) {
        AskReader reader = switch (kind) {
            case CHAT -> new OpenAiChatAsk(body, contentType, address, quirks);
            case COMPLETIONS -> new OpenAiCompletionsAsk(body, contentType, address, quirks);
            case RESPONSES -> new OpenAiResponsesAsk(body, contentType, address, quirks);
            case EMBEDDINGS -> new OpenAiEmbeddingsAsk(body, contentType, address, quirks);
        };
        return reader.read();
    }

    @Override
    public ReplyMeter meter(Ask ask, int status, @Nullable String contentType, @Nullable String contentEncoding) {
        return ReplyMeters.of(
                kind == Kind.RESPONSES ? OpenAiUsage.RESPONSES : OpenAiUsage.COMPLETIONS,
                streamed -> new OpenAiTally(streamed, quirks, ask.hourCache()),
                ask,
                status,
                contentType,
                contentEncoding);
    }

    @Override
    public ErrorBody error(ErrorCategory category, int status, String code, String message, ErrorDetail detail) {
        return errorBody(category, status, code, message, detail);
    }

    static ErrorBody errorBody(ErrorCategory category, int status, String code, String message, ErrorDetail detail) {
        return ErrorJson.body("application/json", out -> {
            out.writeObjectPropertyStart("error");
            out.writeStringProperty("message", message);
            out.writeStringProperty("type", type(category));
            out.writeNullProperty("param");
            out.writeStringProperty("code", code);
            ErrorJson.optional(out, "request_id", detail.requestId());
            ErrorJson.optional(out, "rule", detail.rule());
            ErrorJson.optional(out, "reset_at", detail.resetAt());
            out.writeEndObject();
        });
    }

    private static String type(ErrorCategory category) {
        return switch (category) {
            case CALLER -> "invalid_request_error";
            case LIMIT -> "rate_limit_error";
            case BUDGET -> "insufficient_quota";
            case UPSTREAM, INTERNAL -> "server_error";
        };
    }
}
