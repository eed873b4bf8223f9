package io.rateguard.proxy.forward;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/** Lets no informational reply (100, 103) through: the client would take it for the answer. */
final class FinalRepliesOnly extends ChannelInboundHandlerAdapter {

    private boolean informational;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpResponse response) {
            informational = response.status().codeClass() == HttpStatusClass.INFORMATIONAL
                    && response.status().code() != 101;
        }
        if (!informational) {
            context.fireChannelRead(message);
            return;
        }
        if (message instanceof LastHttpContent) {
            informational = false;
        }
        ReferenceCountUtil.release(message);
    }
}
