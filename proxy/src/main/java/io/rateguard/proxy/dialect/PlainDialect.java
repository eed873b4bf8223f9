package io.rateguard.proxy.dialect;

import io.netty.buffer.ByteBuf;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Any HTTP: bodies pass unread. */
final class PlainDialect implements Dialect {

    private final String name;
    private final Errors errors;

    /** Errors are RFC 9457 problems. */
    PlainDialect() {
        this("plain", PlainDialect::problem);
    }

    PlainDialect(String name, Errors errors) {
        this.name = name;
        this.errors = errors;
    }

    /** Writes errors in the words of a provider. */
    interface Errors {
        ErrorBody body(ErrorCategory category, int status, String code, String message, ErrorDetail detail);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Ask ask(ByteBuf body, @Nullable String contentType, Address address) {
        return new Ask(
                null,
                false,
                OptionalLong.empty(),
                1,
                body.readableBytes(),
                body.readableBytes(),
                0,
                Optional.empty(),
                false,
                null,
                null,
                BodyEdit.NONE);
    }

    @Override
    public ReplyMeter meter(Ask ask, int status, @Nullable String contentType, @Nullable String contentEncoding) {
        return new UnreadReply();
    }

    @Override
    public ErrorBody error(ErrorCategory category, int status, String code, String message, ErrorDetail detail) {
        return errors.body(category, status, code, message, detail);
    }

    private static ErrorBody problem(
            ErrorCategory category, int status, String code, String message, ErrorDetail detail) {
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
