package io.rateguard.proxy.journal;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One journal: written by this run, or left by an earlier one. */
final class Journal {

    private final JournalFolder folder;
    private final AcknowledgedSequence acknowledged;
    private final @Nullable Acknowledgements acknowledgements;
    private volatile @Nullable Segment first;
    private final boolean left;
    private final AtomicLong written;
    private volatile boolean examined;

    private Journal(
            JournalFolder folder,
            AcknowledgedSequence acknowledged,
            @Nullable Acknowledgements acknowledgements,
            Segment first,
            boolean left,
            long written) {
        this.folder = folder;
        this.acknowledged = acknowledged;
        this.acknowledgements = acknowledgements;
        this.first = first;
        this.left = left;
        this.written = new AtomicLong(written);
    }

    static Journal begun(
            JournalFolder folder, AcknowledgedSequence acknowledged, Acknowledgements acknowledgements, Segment first) {
        return new Journal(folder, acknowledged, acknowledgements, first, false, 0);
    }

    static Journal left(
            JournalFolder folder, AcknowledgedSequence acknowledged, List<MappedSegment> segments, long written) {
        for (int i = 1; i < segments.size(); i++) {
            segments.get(i - 1).link(segments.get(i));
        }
        return new Journal(folder, acknowledged, null, segments.getFirst(), true, written);
    }

    UUID id() {
        return folder.journal();
    }

    JournalFolder folder() {
        return folder;
    }

    AcknowledgedSequence acknowledged() {
        return acknowledged;
    }

    /** Tells those who wait for it how far this journal is acknowledged. */
    void tellAcknowledged() {
        if (acknowledgements != null) {
            acknowledgements.tell(acknowledged.get());
        }
    }

    /** Where to begin to read; none once segments are being deleted. */
    @Nullable
    Segment first() {
        return first;
    }

    /** The chain from the first segment on would keep all of them in memory. */
    void forgetFirst() {
        first = null;
    }

    /** Whether an earlier run wrote it: nothing will be added. */
    boolean isLeft() {
        return left;
    }

    long written() {
        return written.get();
    }

    void written(long sequence) {
        written.lazySet(sequence);
    }

    /** Whether nobody needs its segments but the shipper: what may be unsettled in a left one has been told. */
    boolean isExamined() {
        return !left || examined;
    }

    void examined() {
        examined = true;
    }
}
