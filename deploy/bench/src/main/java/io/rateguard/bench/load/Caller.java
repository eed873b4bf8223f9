package io.rateguard.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/** One connection, with at most one request on it; all of them are driven by the same thread. */
final class Caller extends ChannelInboundHandlerAdapter {

    private final ByteBuf request;
    private final Listener listener;
    private final Channel channel;
    private long since;
    private boolean waiting;
    private int status;

    /** @param channel an open one; this handler is put at its end */
    Caller(Channel channel, ByteBuf request, Listener listener) {
        this.channel = channel;
        this.request = request;
        this.listener = listener;
    }

    /** What a run does with its callers. */
    interface Listener {
        /** A part of a streamed answer arrived. */
        void passed(ByteBuf part);

        void answered(Caller caller, long sinceNanos, int status);

        void lost(Caller caller, boolean waiting);
    }

    /** @param sinceNanos the instant that the latency of this request counts from */
    void send(long sinceNanos) {
        since = sinceNanos;
        waiting = true;
        var _ = channel.writeAndFlush(request.retainedDuplicate(), channel.voidPromise());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpResponse head) {
            status = head.decoderResult().isSuccess() ? head.status().code() : 0;
        }
        if (message instanceof HttpContent part && part.content().isReadable()) {
            listener.passed(part.content());
        }
        boolean last = message instanceof LastHttpContent;
        ReferenceCountUtil.release(message);
        if (last && waiting) {
            waiting = false;
            listener.answered(this, since, status);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        boolean wasWaiting = waiting;
        waiting = false;
        listener.lost(this, wasWaiting);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        var _ = context.close();
    }
}
