package io.rateguard.proxy.request;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.util.concurrent.ScheduledFuture;
import io.rateguard.domain.event.Decision;
import io.rateguard.proxy.dialect.ErrorCategory;
import io.rateguard.proxy.stage.Refusal;
import io.rateguard.proxy.stage.Refused;
import io.rateguard.proxy.stage.Routed;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Reads whole bodies, each up to a cap, and all that are arriving together up to a budget of bytes. They are copied
 * together: a caller who sends byte by byte would otherwise keep a buffer of the connection for each.
 */
public final class BodyReader {

    private static final int FIRST_BYTES = 4_096;

    /** Less than this in the time of {@link #slowAfter} is no transfer but a way to keep a connection busy. */
    private static final int SLOW_BYTES = 4_096;

    private final int capBytes;
    private final long budgetBytes;
    private final Duration slowAfter;
    private final AtomicLong buffered = new AtomicLong();

    public BodyReader(int capBytes, long budgetBytes, Duration slowAfter) {
        this.capBytes = capBytes;
        this.budgetBytes = budgetBytes;
        this.slowAfter = slowAfter;
    }

    /** Emits the body, owned by whoever receives it, or fails with {@link Refused}. */
    Mono<ByteBuf> read(Routed routed) {
        String announced = routed.arrival().headers().get(HttpHeaderNames.CONTENT_LENGTH);
        if (announced != null && exceedsCap(announced)) {
            return Mono.error(new Refused(routed, tooLarge()));
        }
        return Mono.create(
                sink -> routed.arrival().request().receive().retain().subscribe(new Collector(routed, sink)));
    }

    private boolean exceedsCap(String announced) {
        try {
            return Long.parseLong(announced) > capBytes;
        } catch (NumberFormatException malformed) {
            return true;
        }
    }

    private Refusal tooLarge() {
        return Refusal.invalid(
                        413,
                        "body_too_large",
                        "The body is larger than " + capBytes
                                + " bytes, and RateGuard has to read all of it to price this request.")
                .closingConnection();
    }

    private static Refusal outOfMemory() {
        return Refusal.of(
                        Decision.OVERLOADED,
                        503,
                        ErrorCategory.INTERNAL,
                        "overloaded",
                        "RateGuard holds as many request bodies as it can; try again shortly.")
                .retryAfter(1_000)
                .closingConnection();
    }

    private static Refusal tooSlow() {
        return Refusal.invalid(408, "body_too_slow", "The body did not arrive in time.")
                .closingConnection();
    }

    private final class Collector extends BaseSubscriber<ByteBuf> {

        private final Routed routed;
        private final MonoSink<ByteBuf> sink;
        private final ByteBuf body;
        private @Nullable ScheduledFuture<?> timer;
        private int seenBytes;
        private boolean over;

        Collector(Routed routed, MonoSink<ByteBuf> sink) {
            this.routed = routed;
            this.sink = sink;
            this.body = routed.arrival().response().alloc().buffer(FIRST_BYTES);
            var _ = sink.onCancel(this::abandon);
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
            if (!over) {
                long millis = slowAfter.toMillis();
                timer = routed.arrival()
                        .loop()
                        .scheduleWithFixedDelay(this::look, millis, millis, TimeUnit.MILLISECONDS);
            }
        }

        private void look() {
            if (body.readableBytes() - seenBytes < SLOW_BYTES) {
                refuse(tooSlow());
            } else {
                seenBytes = body.readableBytes();
            }
        }

        @Override
        protected void hookOnNext(ByteBuf chunk) {
            if (over) {
                chunk.release();
                return;
            }
            int bytes = chunk.readableBytes();
            boolean fits = bytes <= capBytes - body.readableBytes();
            if (fits && buffered.addAndGet(bytes) <= budgetBytes) {
                body.writeBytes(chunk);
                chunk.release();
                return;
            }
            if (fits) {
                buffered.addAndGet(-bytes);
            }
            chunk.release();
            refuse(fits ? outOfMemory() : tooLarge());
        }

        @Override
        protected void hookOnComplete() {
            if (!over) {
                end();
                sink.success(body);
            }
        }

        @Override
        protected void hookOnError(Throwable failure) {
            if (!over) {
                abandon();
                sink.error(failure);
            }
        }

        private void refuse(Refusal refusal) {
            cancel();
            abandon();
            sink.error(new Refused(routed, refusal));
        }

        private void abandon() {
            if (!over) {
                end();
                body.release();
            }
        }

        private void end() {
            over = true;
            buffered.addAndGet(-body.readableBytes());
            if (timer != null) {
                timer.cancel(false);
            }
        }
    }
}
