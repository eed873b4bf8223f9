package io.rateguard.proxy.forward;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;
import reactor.netty.http.server.HttpServerResponse;

/** What the caller is sent of an exchange. */
sealed interface Reply {

    Mono<Void> sendTo(HttpServerResponse response);

    /** Instead of sending it. */
    default void discard() {}

    /** Replaces all headers but the one that says that this reply is the connection's last. */
    private static void head(HttpServerResponse response, int status, HttpHeaders headers) {
        boolean last =
                response.responseHeaders().containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true);
        response.status(status).headers(headers);
        if (last) {
            response.keepAlive(false);
        }
    }

    /** The whole reply at once; owns its body until it is sent. */
    record Whole(int status, HttpHeaders headers, ByteBuf body) implements Reply {
        @Override
        public Mono<Void> sendTo(HttpServerResponse response) {
            head(response, status, headers);
            response.header(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.readableBytes()));
            try {
                return response.sendObject(body).then();
            } catch (AbortedException callerGone) {
                if (body.refCnt() > 0) {
                    body.release();
                }
                return Mono.error(callerGone);
            }
        }

        @Override
        public void discard() {
            body.release();
        }
    }

    /** A reply without a body, whose length header, if any, speaks of another reply (HEAD, 304). */
    record HeadOnly(int status, HttpHeaders headers) implements Reply {
        @Override
        public Mono<Void> sendTo(HttpServerResponse response) {
            head(response, status, headers);
            return response.send();
        }
    }

    /**
     * A reply that passes as it comes, each chunk flushed.
     *
     * @param trailers written after the body, for callers that take trailers
     */
    record Streamed(
            int status,
            HttpHeaders headers,
            Publisher<ByteBuf> body,
            @Nullable Consumer<HttpHeaders> trailers) implements Reply {
        @Override
        public Mono<Void> sendTo(HttpServerResponse response) {
            head(response, status, headers);
            response.chunkedTransfer(!headers.contains(HttpHeaderNames.CONTENT_LENGTH));
            if (trailers != null) {
                response.trailerHeaders(trailers);
            }
            return response.send(body, chunk -> true).then();
        }
    }

    /** What RateGuard itself answers when the upstream gave no reply. */
    record Own(Mono<Void> answer) implements Reply {
        @Override
        public Mono<Void> sendTo(HttpServerResponse response) {
            return answer;
        }
    }
}
