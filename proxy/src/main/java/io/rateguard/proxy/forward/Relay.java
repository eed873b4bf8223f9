package io.rateguard.proxy.forward;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Operators;
import reactor.core.publisher.SignalType;

/**
 * Carries the upstream's body to the caller, at the caller's pace, and goes on without one. Until the caller is
 * attached, what arrives is kept; used on one event loop only.
 */
final class Relay extends BaseSubscriber<ByteBuf> implements Publisher<ByteBuf> {

    private final UnaryOperator<ByteBuf> meter;
    private final End end;
    private ByteBuf kept = Unpooled.EMPTY_BUFFER;
    private @Nullable CoreSubscriber<? super ByteBuf> caller;
    private Runnable ended = () -> {};
    private long demand;
    private boolean callerGone;
    private boolean upstreamDone;
    private boolean callerTold;
    private boolean waiting;
    private boolean broken;
    private @Nullable Throwable failure;

    /** @param meter takes each chunk over and gives back what goes to the caller */
    Relay(UnaryOperator<ByteBuf> meter, End end) {
        this.meter = meter;
        this.end = end;
    }

    /** Told once, when the upstream's body has ended. */
    interface End {
        /** @return the last bytes for the caller */
        ByteBuf completed();

        /** Runs the task when a caller of this relay may learn that this was all. */
        void mayEnd(Runnable task);

        /** Whether the caller would take what has just come for the end, and has to wait for it. */
        boolean isToWait();

        void failed(Throwable failure);

        /** The caller cancelled its leg. */
        void callerLeft();

        /** More has been kept than {@link #mayKeep} allows. */
        void keptTooMuch();

        boolean mayKeep(int bytes);
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
        if (callerGone) {
            requestUnbounded();
        } else if (caller == null) {
            request(1);
        } else if (demand > 0) {
            request(demand);
        }
    }

    @Override
    protected void hookOnNext(ByteBuf chunk) {
        if (broken) {
            chunk.release();
            return;
        }
        ByteBuf passed = meter.apply(chunk);
        if (callerGone) {
            passed.release();
        } else if (end.isToWait()) {
            keep(passed);
            waiting = true;
            request(1);
        } else if (caller == null || kept.isReadable()) {
            keep(passed);
            if (caller == null) {
                keepOn();
            }
        } else if (passed.isReadable()) {
            if (demand > 0) {
                demand--;
                caller.onNext(passed);
            } else {
                keep(passed);
            }
        } else {
            passed.release();
            if (demand > 0) {
                request(1);
            }
        }
    }

    @Override
    protected void hookOnComplete() {
        ByteBuf rest = end.completed();
        if (callerGone) {
            rest.release();
            return;
        }
        keep(rest);
        end.mayEnd(() -> {
            waiting = false;
            upstreamDone = true;
            deliver();
        });
    }

    @Override
    protected void hookOnError(Throwable why) {
        failure = why;
        upstreamDone = true;
        end.failed(why);
        if (caller == null) {
            takeKept().release();
        }
        deliver();
    }

    @Override
    protected void hookOnCancel() {
        if (caller == null) {
            takeKept().release();
        }
    }

    /** Runs when the upstream's body has ended, one way or the other. */
    void whenEnded(Runnable task) {
        ended = task;
    }

    /** A reply that is cancelled has not ended: its connection is of no further use. */
    @Override
    protected void hookFinally(SignalType how) {
        if (how != SignalType.CANCEL) {
            ended.run();
        }
    }

    /** Takes nothing more of the upstream and tells the caller, if there is one, that the rest will not come. */
    void breakOff(Throwable why) {
        broken = true;
        failure = why;
        upstreamDone = true;
        cancel();
        deliver();
    }

    /** The body held so far, when it was held whole: it then belongs to whoever takes it. */
    ByteBuf takeKept() {
        ByteBuf all = kept;
        kept = Unpooled.EMPTY_BUFFER;
        return all;
    }

    /** Goes on without the caller: what still comes is metered and thrown away. */
    void dropCaller() {
        callerGone = true;
        caller = null;
        kept.release();
        kept = Unpooled.EMPTY_BUFFER;
        requestUnbounded();
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuf> subscriber) {
        if (callerGone || caller != null) {
            Operators.error(subscriber, new IllegalStateException("this reply has had its caller"));
            return;
        }
        caller = Operators.toCoreSubscriber(subscriber);
        caller.onSubscribe(new CallerSubscription());
        deliver();
    }

    private void keepOn() {
        if (end.mayKeep(kept.readableBytes())) {
            request(1);
        } else {
            end.keptTooMuch();
        }
    }

    private void keep(ByteBuf chunk) {
        if (!chunk.isReadable()) {
            chunk.release();
        } else if (!kept.isReadable()) {
            kept = chunk;
        } else if (kept instanceof CompositeByteBuf several) {
            several.addComponent(true, chunk);
        } else {
            kept = Unpooled.compositeBuffer(Integer.MAX_VALUE).addComponents(true, kept, chunk);
        }
    }

    private void deliver() {
        CoreSubscriber<? super ByteBuf> to = caller;
        if (to == null || callerTold) {
            return;
        }
        if (kept.isReadable() && demand > 0 && failure == null && !waiting) {
            demand--;
            to.onNext(takeKept());
        }
        // The caller may have asked for more, or have left, while it was handed the last chunk.
        if (!callerTold && !callerGone && upstreamDone && (!kept.isReadable() || failure != null)) {
            callerTold = true;
            if (failure == null) {
                to.onComplete();
            } else {
                takeKept().release();
                to.onError(failure);
            }
        }
    }

    private final class CallerSubscription implements Subscription {

        @Override
        public void request(long n) {
            demand = Operators.addCap(demand, n);
            deliver();
            if (demand > 0 && !upstreamDone) {
                Relay.this.request(n);
            }
        }

        @Override
        public void cancel() {
            if (!callerTold) {
                end.callerLeft();
            }
        }
    }
}
