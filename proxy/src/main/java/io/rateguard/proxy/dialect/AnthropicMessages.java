package io.rateguard.proxy.dialect;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Anthropic messages, unary and streamed. */
final class AnthropicMessages implements Dialect {

    private final Quirks quirks;

    AnthropicMessages(Quirks quirks) {
        this.quirks = quirks;
    }

    @Override
    public String name() {
        return "anthropic-messages";
    }

    @Override
    public Ask ask(ByteBuf body, @Nullable String contentType, Address address) {
        return new AnthropicAsk(body, contentType, address, quirks).read();
    }

    @Override
    public ReplyMeter meter(Ask ask, int status, @Nullable String contentType, @Nullable String contentEncoding) {
        return ReplyMeters.of(AnthropicUsage.TREE, AnthropicTally::new, ask, status, contentType, contentEncoding);
    }

    @Override
    public ErrorBody error(ErrorCategory category, int status, String code, String message, ErrorDetail detail) {
        return ErrorJson.body("application/json", out -> {
            out.writeStringProperty("type", "error");
            out.writeObjectPropertyStart("error");
            out.writeStringProperty("type", type(category, status));
            out.writeStringProperty("message", message);
            out.writeStringProperty("code", code);
            ErrorJson.optional(out, "rule", detail.rule());
            ErrorJson.optional(out, "reset_at", detail.resetAt());
            out.writeEndObject();
            ErrorJson.optional(out, "request_id", detail.requestId());
        });
    }

    private static String type(ErrorCategory category, int status) {
        return switch (category) {
            case CALLER -> callerType(status);
            case LIMIT -> "rate_limit_error";
            case BUDGET -> "billing_error";
            case UPSTREAM, INTERNAL ->
                switch (status) {
                    case 503 -> "overloaded_error";
                    case 504 -> "timeout_error";
                    default -> "api_error";
                };
        };
    }

    private static String callerType(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 413 -> "request_too_large";
            default -> "invalid_request_error";
        };
    }
}
