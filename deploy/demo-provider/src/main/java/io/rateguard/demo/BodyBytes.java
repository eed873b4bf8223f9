package io.rateguard.demo;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;

/** Gathers a request's body up to a bound. */
final class BodyBytes {

    static final int MOST_BYTES = 64 << 20;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1_024);
    private boolean tooLarge;

    /** The caller keeps the buffer. What goes beyond the bound is read and dropped. */
    void add(ByteBuf buffer) {
        tooLarge |= bytes.size() + buffer.readableBytes() > MOST_BYTES;
        if (tooLarge) {
            return;
        }
        byte[] chunk = new byte[buffer.readableBytes()];
        buffer.readBytes(chunk);
        bytes.writeBytes(chunk);
    }

    boolean isTooLarge() {
        return tooLarge;
    }

    byte[] all() {
        return bytes.toByteArray();
    }
}
