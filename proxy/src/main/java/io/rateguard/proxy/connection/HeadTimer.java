package io.rateguard.proxy.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Ends connections on which the head of a request takes too long. Costs nothing where a head arrives at once. */
final class HeadTimer extends ChannelInboundHandlerAdapter {

    private final Framing framing;
    private final long slowAfterMillis;
    private final LongAdder slow;
    private @Nullable ScheduledFuture<?> timer;

    HeadTimer(Framing framing, Duration slowAfter, LongAdder slow) {
        this.framing = framing;
        this.slowAfterMillis = slowAfter.toMillis();
        this.slow = slow;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        long before = framing.decoded();
        context.fireChannelRead(message);
        if (framing.decoded() != before || framing.isInBody()) {
            disarm();
        } else if (timer == null) {
            arm(context);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        disarm();
        context.fireChannelInactive();
    }

    private void arm(ChannelHandlerContext context) {
        timer = context.executor().schedule(() -> tooSlow(context), slowAfterMillis, TimeUnit.MILLISECONDS);
    }

    private void disarm() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    /** An answer that is under way on the connection is not cut. */
    private void tooSlow(ChannelHandlerContext context) {
        if (framing.isAnswering()) {
            arm(context);
            return;
        }
        timer = null;
        slow.increment();
        framing.refuse(Problem.TOO_SLOW);
    }
}
