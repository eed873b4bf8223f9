package io.rateguard.proxy.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;

/**
 * Splices to make in a request body, in order and apart from each other; every other byte stays as the caller wrote it.
 *
 * @param asksForUsage whether the edit asks for a usage report the caller did not ask for, which the reply then hides
 */
public record BodyEdit(List<Splice> splices, boolean asksForUsage) {

    public static final BodyEdit NONE = new BodyEdit(List.of(), false);

    public BodyEdit {
        splices = List.copyOf(splices);
    }

    public boolean isNone() {
        return splices.isEmpty();
    }

    /** Takes the body over and returns what to send in its place; without splices, the body itself. */
    public ByteBuf apply(ByteBuf body, ByteBufAllocator allocator) {
        if (splices.isEmpty()) {
            return body;
        }
        CompositeByteBuf edited = allocator.compositeBuffer(2 * splices.size() + 1);
        try {
            int from = body.readerIndex();
            for (Splice splice : splices) {
                int at = body.readerIndex() + splice.offset();
                edited.addComponent(true, body.retainedSlice(from, at - from));
                edited.addComponent(true, Unpooled.wrappedBuffer(splice.inserted.getBytes(UTF_8)));
                from = at + splice.removed();
            }
            edited.addComponent(true, body.retainedSlice(from, body.writerIndex() - from));
        } finally {
            body.release();
        }
        return edited;
    }

    public long lengthAfter(long length) {
        long after = length;
        for (Splice splice : splices) {
            after += splice.inserted.getBytes(UTF_8).length - splice.removed;
        }
        return after;
    }

    /**
     * One replacement.
     *
     * @param offset bytes from the start of the body
     * @param removed bytes that give way
     */
    public record Splice(int offset, int removed, String inserted) {}
}
