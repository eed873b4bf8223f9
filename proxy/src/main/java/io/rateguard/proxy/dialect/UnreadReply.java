package io.rateguard.proxy.dialect;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Passes a reply that nothing can or need be read from. */
final class UnreadReply implements ReplyMeter {

    @Override
    public ByteBuf pass(ByteBuf chunk) {
        return chunk;
    }

    @Override
    public ByteBuf end() {
        return Unpooled.EMPTY_BUFFER;
    }

    @Override
    public Reading reading() {
        return Reading.NOTHING;
    }
}
