package io.rateguard.proxy.dialect;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads events along and cuts out the usage report that only RateGuard asked for. An event that is not whole yet is held
 * until it ends, since it may be that report; whole ones pass at once. An event above 1 MiB is passed as it comes.
 */
final class HidingMeter<F extends Enum<F>> implements ReplyMeter {

    private static final int MOST_HELD_BYTES = 1 << 20;

    private final SseScan<F> events;
    private final Tally<F> tally;

    private List<ByteBuf> held = new ArrayList<>(2);
    private int heldBytes;
    /** The event under way is too large to be held: its beginning has been handed on. */
    private boolean tooLarge;

    private boolean lastWasCut;

    private List<ByteBuf> out = new ArrayList<>(2);
    private int position;
    private int keptFrom;
    private int eventFrom;

    HidingMeter(FieldTree<F> tree, Tally<F> tally) {
        this.events = new SseScan<>(tree, tally);
        this.tally = tally;
    }

    @Override
    public ByteBuf pass(ByteBuf chunk) {
        int start = chunk.readerIndex();
        int length = chunk.readableBytes();
        position = 0;
        keptFrom = 0;
        eventFrom = 0;
        Scratch.read(chunk, (bytes, from, to) -> read(chunk, bytes, from, to));
        int open = length - eventFrom;
        if (!tooLarge && heldBytes + open > MOST_HELD_BYTES) {
            tooLarge = true;
            handOnHeld();
        }
        int handedOn = tooLarge ? length : eventFrom;
        if (out.isEmpty() && keptFrom == 0 && handedOn == length && length > 0) {
            return chunk;
        }
        keep(chunk, start, handedOn);
        if (handedOn < length) {
            held.add(chunk.retainedSlice(start + handedOn, length - handedOn));
            heldBytes += length - handedOn;
        }
        chunk.release();
        return joined();
    }

    @Override
    public ByteBuf end() {
        events.end();
        if (!tooLarge && tally.onlyReportedUsage()) {
            dropHeld();
        } else {
            handOnHeld();
        }
        return joined();
    }

    @Override
    public Reading reading() {
        return tally.reading();
    }

    private void read(ByteBuf chunk, byte[] bytes, int from, int to) {
        for (int at = from; at < to; ) {
            int stopped = events.consume(bytes, at, to);
            position += stopped - at;
            at = stopped;
            switch (events.stop()) {
                case PIECE_END -> {}
                case EVENT_END -> eventEnded(chunk, !tooLarge && tally.onlyReportedUsage());
                case LATE_LINE_FEED -> {
                    eventFrom = position;
                    if (lastWasCut) {
                        keptFrom = position;
                    }
                }
            }
        }
    }

    private void eventEnded(ByteBuf chunk, boolean cut) {
        if (cut) {
            dropHeld();
            keep(chunk, chunk.readerIndex(), eventFrom);
            keptFrom = position;
        } else {
            handOnHeld();
        }
        eventFrom = position;
        tooLarge = false;
        lastWasCut = cut;
    }

    /** Hands on what of this chunk has been neither handed on nor cut, up to an offset. */
    private void keep(ByteBuf chunk, int start, int to) {
        if (to > keptFrom) {
            out.add(chunk.retainedSlice(start + keptFrom, to - keptFrom));
        }
        keptFrom = Math.max(keptFrom, to);
    }

    private void handOnHeld() {
        out.addAll(held);
        held.clear();
        heldBytes = 0;
    }

    private void dropHeld() {
        held.forEach(ByteBuf::release);
        held.clear();
        heldBytes = 0;
    }

    private ByteBuf joined() {
        if (out.isEmpty()) {
            return Unpooled.EMPTY_BUFFER;
        }
        ByteBuf joined =
                out.size() == 1 ? out.getFirst() : Unpooled.wrappedBuffer(out.size(), out.toArray(ByteBuf[]::new));
        out.clear();
        return joined;
    }
}
