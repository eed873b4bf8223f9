package io.rateguard.proxy.journal;

import java.io.IOException;
import java.util.Iterator;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The segments ahead of one journal. */
final class SegmentSupply {

    private static final int READY = 2;
    private static final long OVERFLOW_BYTES = 1 << 20;

    private final SegmentStorage storage;
    private final JournalFolder folder;
    private final long segmentBytes;
    private final ConcurrentLinkedQueue<MappedSegment> ready = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<OverflowSegment> overflow = new ConcurrentLinkedQueue<>();

    SegmentSupply(SegmentStorage storage, JournalFolder folder, long segmentBytes) {
        this.storage = storage;
        this.folder = folder;
        this.segmentBytes = segmentBytes;
    }

    /** The largest event that fits into a segment. */
    int largestEventBytes() {
        long most = segmentBytes - JournalFormat.SEGMENT_HEADER_BYTES - JournalFormat.RECORD_HEADER_BYTES;
        return (int) Math.min(JournalFormat.LARGEST_EVENT_BYTES, most);
    }

    /** By the journal's event loop. */
    Segment take(long number) {
        MappedSegment mapped = ready.poll();
        Segment taken = mapped == null ? new OverflowSegment(Math.min(segmentBytes, OVERFLOW_BYTES)) : mapped;
        taken.begin(folder.journal(), number);
        storage.occupied(taken.bytes());
        storage.taken(mapped == null);
        if (taken instanceof OverflowSegment unstored) {
            overflow.add(unstored);
        }
        return taken;
    }

    /** By the storage thread. */
    void replenish() throws IOException {
        for (int i = ready.size(); i < READY; i++) {
            ready.add(MappedSegment.create(folder.newSegment(), segmentBytes));
        }
    }

    /** @return how many segments that were in memory only are on disk now, and will not change */
    int storeOverflow() throws IOException {
        int finished = 0;
        for (Iterator<OverflowSegment> each = overflow.iterator(); each.hasNext(); ) {
            OverflowSegment unstored = each.next();
            if (!ready.isEmpty()) {
                unstored.seal();
            }
            unstored.store(folder);
            if (unstored.isFinished()) {
                each.remove();
                finished++;
            }
        }
        return finished;
    }

    void discardReady() {
        for (MappedSegment each = ready.poll(); each != null; each = ready.poll()) {
            each.delete();
        }
    }
}
