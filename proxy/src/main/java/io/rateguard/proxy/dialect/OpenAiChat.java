package io.rateguard.proxy.dialect;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** OpenAI chat completions, unary and streamed. */
final class OpenAiChat implements Dialect {

    @Override
    public String name() {
        return "openai-chat";
    }

    @Override
    public Ask ask(ByteBuf body, @Nullable String contentType) {
        return new OpenAiAsk(body, contentType).read();
    }

    @Override
    public ReplyMeter meter(Ask ask, int status, @Nullable String contentType, @Nullable String contentEncoding) {
        return ReplyMeters.of(OpenAiUsage.TREE, OpenAiTally::new, ask, status, contentType, contentEncoding);
    }

    @Override
    public ErrorBody error(ErrorCategory category, int status, String code, String message, ErrorDetail detail) {
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
