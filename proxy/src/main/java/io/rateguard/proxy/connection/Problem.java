package io.rateguard.proxy.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.nio.charset.StandardCharsets;

/** Why a connection's bytes are not taken for a request. The caller's bytes are not repeated: they may hold its key. */
record Problem(HttpResponseStatus status, String code, String detail) {

    static final Problem TOO_SLOW = new Problem(
            HttpResponseStatus.REQUEST_TIMEOUT, "request_too_slow", "The head of the request did not arrive in time.");

    static Problem malformed(String detail) {
        return new Problem(HttpResponseStatus.BAD_REQUEST, "malformed_request", detail);
    }

    /** What was wrong with what the decoder could not read. */
    static Problem of(Throwable cause) {
        return switch (cause) {
            case Objection objection -> objection.problem();
            case TooLongHttpLineException _ ->
                new Problem(
                        HttpResponseStatus.REQUEST_URI_TOO_LONG,
                        "address_too_long",
                        "The request line is longer than 65536 bytes.");
            case TooLongHttpHeaderException _ ->
                new Problem(
                        HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
                        "headers_too_large",
                        "The headers are larger than 65536 bytes.");
            default -> malformed("This is not valid HTTP/1.1.");
        };
    }

    FullHttpResponse response() {
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body());
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "application/problem+json")
                .setInt(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes())
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        return response;
    }

    private ByteBuf body() {
        String json = "{\"type\":\"urn:rateguard:problem:" + code + "\",\"title\":\"Request refused\",\"status\":"
                + status.code() + ",\"detail\":\"" + detail + "\",\"code\":\"" + code + "\"}";
        return Unpooled.wrappedBuffer(json.getBytes(StandardCharsets.UTF_8));
    }

    /** Marks a request that could be decoded and is not taken all the same. */
    static final class Objection extends DecoderException {
        private static final long serialVersionUID = 1L;

        private final transient Problem problem;

        Objection(Problem problem) {
            super(problem.detail());
            this.problem = problem;
        }

        Problem problem() {
            return problem;
        }
    }
}
