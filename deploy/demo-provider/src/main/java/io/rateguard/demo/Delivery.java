package io.rateguard.demo;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.server.HttpServerResponse;

/** Sends one reply the way its behaviour asks for: late, slowly, compressed, in odd pieces, in part, or not at all. */
final class Delivery {

    /** A reset may overtake what was written just before; this long the peer has to take it. */
    private static final Duration BEFORE_RESET = Duration.ofMillis(20);

    private final HttpServerResponse response;
    private final Behaviour behaviour;

    Delivery(HttpServerResponse response, Behaviour behaviour) {
        this.response = response;
        this.behaviour = behaviour;
    }

    Publisher<Void> send(Reply reply) {
        if (behaviour.is(Knob.HANG)) {
            return Mono.never();
        }
        long latencyMillis = behaviour.get(Knob.LATENCY_MILLIS);
        return latencyMillis == 0
                ? sendNow(reply)
                : Mono.delay(Duration.ofMillis(latencyMillis), loop())
                        .then(Mono.defer(() -> Mono.from(sendNow(reply))));
    }

    private Publisher<Void> sendNow(Reply reply) {
        response.status(reply.status()).header(HttpHeaderNames.CONTENT_TYPE, reply.contentType());
        reply.headers().forEach(response::header);
        if (reply.body() instanceof Reply.Whole whole && isPlain()) {
            return response.sendObject(Unpooled.wrappedBuffer(whole.bytes()));
        }
        Reply.Body body = behaviour.is(Knob.COMPRESS) ? compressed(reply.body()) : reply.body();
        announceLength(body);
        return switch (behaviour.abort()) {
            case NEVER -> write(pieces(body));
            case BEFORE_HEADERS -> reset();
            case AFTER_HEADERS -> response.sendHeaders().then().then(resetSoon());
            case MID_BODY -> write(half(body, true)).then(resetSoon());
            case MID_STREAM -> write(half(body, false)).then(resetSoon());
        };
    }

    private boolean isPlain() {
        return !behaviour.has(Knob.ABORT) && !behaviour.has(Knob.SPLIT) && !behaviour.is(Knob.COMPRESS);
    }

    private Reply.Body compressed(Reply.Body body) {
        response.header(HttpHeaderNames.CONTENT_ENCODING, "gzip");
        return switch (body) {
            case Reply.Whole whole -> new Reply.Whole(Gzip.whole(whole.bytes()));
            case Reply.Pieces pieces -> new Reply.Pieces(pieces.count(), -1, pieces.piece());
        };
    }

    private void announceLength(Reply.Body body) {
        long length = switch (body) {
            case Reply.Whole whole -> whole.bytes().length;
            case Reply.Pieces pieces -> pieces.length();
        };
        if (length >= 0) {
            response.header(HttpHeaderNames.CONTENT_LENGTH, Long.toString(length));
        }
    }

    private Mono<Void> write(Flux<byte[]> pieces) {
        Flux<byte[]> cut = behaviour.has(Knob.SPLIT) ? Splitter.split(pieces, (int) behaviour.get(Knob.SPLIT)) : pieces;
        return response.send(cut.map(Unpooled::wrappedBuffer), piece -> true).then();
    }

    private Flux<byte[]> pieces(Reply.Body body) {
        return switch (body) {
            case Reply.Whole whole -> Flux.just(whole.bytes());
            case Reply.Pieces pieces -> zip(paced(pieces.count()).map(pieces.piece()::apply));
        };
    }

    /** The first half: of a whole body's bytes, of a stream's pieces; within a piece if asked so. */
    private Flux<byte[]> half(Reply.Body body, boolean withinPiece) {
        return switch (body) {
            case Reply.Whole whole -> Flux.just(half(whole.bytes()));
            case Reply.Pieces pieces -> {
                int middle = pieces.count() / 2;
                Flux<byte[]> before = paced(middle).map(pieces.piece()::apply);
                Flux<byte[]> broken =
                        Flux.defer(() -> Flux.just(half(pieces.piece().apply(middle))));
                yield zip(withinPiece ? before.concatWith(broken) : before);
            }
        };
    }

    private static byte[] half(byte[] bytes) {
        return Arrays.copyOf(bytes, bytes.length / 2);
    }

    private Flux<byte[]> zip(Flux<byte[]> pieces) {
        return behaviour.is(Knob.COMPRESS) ? Gzip.stream(pieces) : pieces;
    }

    private Flux<Integer> paced(int count) {
        long delayMillis = behaviour.get(Knob.CHUNK_DELAY_MILLIS);
        if (delayMillis == 0 || count < 2) {
            return Flux.range(0, count);
        }
        Flux<Integer> later = Flux.range(1, count - 1).delayElements(Duration.ofMillis(delayMillis), loop());
        return Flux.just(0).concatWith(later);
    }

    private Mono<Void> resetSoon() {
        return Mono.delay(BEFORE_RESET, loop()).then(reset());
    }

    /** Closes without lingering, which the peer sees as a reset; nothing is sent after it. */
    private Mono<Void> reset() {
        return Mono.fromRunnable(() -> {
                    Channel channel = channel();
                    channel.config().setOption(ChannelOption.SO_LINGER, 0);
                    var _ = channel.close();
                })
                .then(Mono.never());
    }

    private Scheduler loop() {
        return Schedulers.fromExecutorService(channel().eventLoop());
    }

    private Channel channel() {
        AtomicReference<Channel> channel = new AtomicReference<>();
        response.withConnection(connection -> channel.set(connection.channel()));
        return channel.get();
    }
}
