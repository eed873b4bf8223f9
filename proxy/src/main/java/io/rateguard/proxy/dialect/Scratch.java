package io.rateguard.proxy.dialect;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.FastThreadLocal;

/** Shows the bytes of a buffer as arrays, without moving its indexes; copies go through one array per thread. */
final class Scratch {

    private static final int SIZE = 8192;

    private static final FastThreadLocal<byte[]> BYTES = new FastThreadLocal<>() {
        @Override
        protected byte[] initialValue() {
            return new byte[SIZE];
        }
    };

    /** Takes {@code bytes[from, to)}; the array is only lent. */
    interface Reader {
        void read(byte[] bytes, int from, int to);
    }

    private Scratch() {}

    static void read(ByteBuf chunk, Reader reader) {
        if (chunk.hasArray()) {
            int from = chunk.arrayOffset() + chunk.readerIndex();
            reader.read(chunk.array(), from, from + chunk.readableBytes());
            return;
        }
        byte[] bytes = BYTES.get();
        for (int index = chunk.readerIndex(); index < chunk.writerIndex(); index += bytes.length) {
            int length = Math.min(bytes.length, chunk.writerIndex() - index);
            chunk.getBytes(index, bytes, 0, length);
            reader.read(bytes, 0, length);
        }
    }
}
