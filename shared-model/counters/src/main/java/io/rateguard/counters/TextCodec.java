package io.rateguard.counters;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.redisson.client.codec.BaseCodec;
import org.redisson.client.protocol.Decoder;
import org.redisson.client.protocol.Encoder;

/** Texts in UTF-8. What is sent takes no pooled buffer, so that nothing is lost with a call that never left. */
final class TextCodec extends BaseCodec {

    static final TextCodec INSTANCE = new TextCodec();

    private final Encoder encoder = TextCodec::encode;
    private final Decoder<Object> decoder = (bytes, state) -> bytes.toString(StandardCharsets.UTF_8);

    private TextCodec() {}

    @Override
    public Encoder getValueEncoder() {
        return encoder;
    }

    @Override
    public Decoder<Object> getValueDecoder() {
        return decoder;
    }

    private static ByteBuf encode(Object text) {
        return Unpooled.wrappedBuffer(((String) text).getBytes(StandardCharsets.UTF_8));
    }
}
