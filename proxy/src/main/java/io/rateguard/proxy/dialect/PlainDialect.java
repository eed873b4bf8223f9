package io.rateguard.proxy.dialect;

import io.netty.buffer.ByteBuf;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Any HTTP: bodies pass unread, errors are RFC 9457 problems. */
final class PlainDialect implements Dialect {

    @Override
    public String name() {
        return "plain";
    }

    @Override
    public Ask ask(ByteBuf body, @Nullable String contentType) {
        return new Ask(
                null,
                false,
                OptionalLong.empty(),
                1,
                body.readableBytes(),
                body.readableBytes(),
                0,
                Optional.empty(),
                null,
                BodyEdit.NONE);
    }

    @Override
    public ReplyMeter meter(Ask ask, int status, @Nullable String contentType, @Nullable String contentEncoding) {
        return new UnreadReply();
    }

    @Override
    public ErrorBody error(ErrorCategory category, int status, String code, String message, ErrorDetail detail) {
        return ErrorJson.body("application/problem+json", out -> {
            out.writeStringProperty("type", "urn:rateguard:problem:" + code.toLowerCase(Locale.ROOT));
            out.writeStringProperty("title", title(category));
            out.writeNumberProperty("status", status);
            out.writeStringProperty("detail", message);
            out.writeStringProperty("code", code);
            ErrorJson.optional(out, "requestId", detail.requestId());
            ErrorJson.optional(out, "rule", detail.rule());
            ErrorJson.optional(out, "resetAt", detail.resetAt());
        });
    }

    private static String title(ErrorCategory category) {
        return switch (category) {
            case CALLER -> "Request refused";
            case LIMIT -> "Limit reached";
            case BUDGET -> "Budget exhausted";
            case UPSTREAM -> "Upstream failed";
            case INTERNAL -> "RateGuard unavailable";
        };
    }
}
