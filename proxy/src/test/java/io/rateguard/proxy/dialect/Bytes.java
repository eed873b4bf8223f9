package io.rateguard.proxy.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Buffers for tests, and a client that collects what a meter hands on. */
final class Bytes {

    private Bytes() {}

    static ByteBuf heap(String text) {
        return Unpooled.copiedBuffer(text.getBytes(UTF_8));
    }

    static ByteBuf direct(byte[] bytes, int from, int to) {
        return Unpooled.directBuffer(Math.max(1, to - from)).writeBytes(bytes, from, to - from);
    }

    private static ByteBuf heap(byte[] bytes, int from, int to) {
        return Unpooled.buffer(Math.max(1, to - from)).writeBytes(bytes, from, to - from);
    }

    /** Passes the reply cut at these offsets and returns what the client saw; no buffer stays behind. */
    static byte[] pass(ReplyMeter meter, byte[] reply, int... cuts) {
        ByteArrayOutputStream client = new ByteArrayOutputStream();
        List<ByteBuf> chunks = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= cuts.length; i++) {
            int to = i < cuts.length ? cuts[i] : reply.length;
            ByteBuf chunk = i % 2 == 0 ? direct(reply, from, to) : heap(reply, from, to);
            chunks.add(chunk);
            receive(client, meter.pass(chunk));
            from = to;
        }
        receive(client, meter.end());
        for (ByteBuf chunk : chunks) {
            if (chunk.refCnt() != 0) {
                throw new AssertionError("a chunk was not released: refCnt " + chunk.refCnt());
            }
        }
        return client.toByteArray();
    }

    /** An offset for every byte: the reply comes byte by byte. */
    static int[] everywhere(byte[] reply) {
        int[] cuts = new int[Math.max(0, reply.length - 1)];
        for (int i = 0; i < cuts.length; i++) {
            cuts[i] = i + 1;
        }
        return cuts;
    }

    private static void receive(ByteArrayOutputStream client, ByteBuf buffer) {
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes);
        client.writeBytes(bytes);
        buffer.release();
    }
}
