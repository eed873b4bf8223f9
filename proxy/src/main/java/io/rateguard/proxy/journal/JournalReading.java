package io.rateguard.proxy.journal;

import io.rateguard.domain.id.RequestId;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the shipper has read one journal, what is open at that place, and which segments are still needed. Used by
 * the shipper's thread only.
 */
final class JournalReading {

    private static final Logger LOG = LoggerFactory.getLogger(JournalReading.class);
    private static final int CARRY_AFTER_SEGMENTS = 4;
    private static final long KEPT_MILLIS = 10_000;

    private final Journal journal;
    private final Deque<Passed> retained = new ArrayDeque<>();
    private final Map<RequestId, Opened> open = new LinkedHashMap<>();
    private Passed reading;
    private long offset = JournalFormat.SEGMENT_HEADER_BYTES;
    private boolean damaged;
    private boolean ended;
    private boolean carriedFile;
    private int carriedOpen;

    JournalReading(Journal journal) {
        this.journal = journal;
        this.reading = new Passed(Objects.requireNonNull(journal.first()));
        retained.add(reading);
        // A left journal may have been carried; recovery has closed what was in there.
        this.carriedFile = journal.isLeft();
    }

    Journal journal() {
        return journal;
    }

    /** Whether nothing more will come: the end of a journal that an earlier run left. */
    boolean isEnded() {
        return ended;
    }

    /**
     * The next record to ship.
     *
     * @param unstoredToo whether to give records that would not outlive the process
     * @return none when there is none yet
     */
    @Nullable
    JournalRecord next(boolean unstoredToo) {
        while (!ended) {
            // Looked at before the record: see Segment.
            Segment following = reading.segment.next();
            JournalRecord record = readHere();
            if (record == null) {
                if (following == null) {
                    ended = journal.isLeft();
                    return null;
                }
                pass(following);
                continue;
            }
            if (!unstoredToo && !reading.segment.isStored(reading.segment.skip(offset))) {
                return null;
            }
            follow(record);
            if (record.kind().isShipped()
                    && record.sequence() > journal.acknowledged().get()) {
                return record;
            }
        }
        return null;
    }

    /** Deletes the segments that nobody needs any more. */
    long free(long nowMillis, boolean pressed) throws IOException {
        if (!journal.isExamined()) {
            return 0;
        }
        List<Passed> free = freeable(nowMillis, pressed);
        if (carriedFile && carriedOpen == 0 && !free.isEmpty()) {
            journal.folder().deleteCarried();
            carriedFile = false;
        }
        long freed = 0;
        while (!carriedFile && !free.isEmpty() && free.getFirst().open == 0) {
            freed += deleteOldest(free.removeFirst());
        }
        if (free.size() >= (pressed ? 1 : CARRY_AFTER_SEGMENTS)) {
            carry(free.getLast());
            for (Passed each : free) {
                freed += deleteOldest(each);
            }
        }
        return freed;
    }

    /** Whether there is a segment that could be given up: not while it is written, nor before it has been examined. */
    boolean isDroppable() {
        boolean last = retained.getFirst() == reading && reading.segment.next() == null;
        return journal.isExamined() && !(last && (ended || !journal.isLeft()));
    }

    /** When the oldest segment was begun. */
    long begunAtMillis() {
        try {
            JournalRecord first = retained.getFirst().segment.read(JournalFormat.SEGMENT_HEADER_BYTES);
            return first == null ? 0 : first.writtenAtMillis();
        } catch (DamagedRecordException damage) {
            return 0;
        }
    }

    /** Gives up the oldest segment, read or not; what is open in it is kept. */
    Dropped drop() throws IOException {
        Passed oldest = retained.getFirst();
        if (oldest == reading) {
            for (JournalRecord each = readHere(); each != null; each = readHere()) {
                follow(each);
            }
            Segment following = reading.segment.next();
            if (following == null) {
                ended = true;
                return new Dropped(oldest.lastSequence, 0);
            }
            pass(following);
        }
        if (carriedFile || oldest.open > 0) {
            carry(oldest);
        }
        return new Dropped(oldest.lastSequence, deleteOldest(oldest));
    }

    /** Whether all of it is acknowledged and nothing in it is open. */
    boolean isDone() {
        return open.isEmpty() && journal.isExamined() && journal.acknowledged().get() >= journal.written();
    }

    /** Removes the journal as a whole. */
    long remove() throws IOException {
        journal.forgetFirst();
        journal.folder().remove();
        long freed = 0;
        for (Passed each : retained) {
            freed += each.segment.bytes();
        }
        unmap();
        return freed;
    }

    /** Leaves the rest on disk. */
    void unmap() {
        retained.forEach(each -> each.segment.unmap());
        for (Segment each = reading.segment.next(); each != null; each = each.next()) {
            each.unmap();
        }
    }

    private void follow(JournalRecord record) {
        switch (record.kind()) {
            case OPENED -> opened(record);
            case CLOSED -> closed(record);
            case TOLD -> reading.lastSequence = record.sequence();
        }
        offset = reading.segment.skip(offset);
        reading.lastWrittenAtMillis = record.writtenAtMillis();
    }

    private @Nullable JournalRecord readHere() {
        if (damaged) {
            return null;
        }
        try {
            return reading.segment.read(offset);
        } catch (DamagedRecordException damage) {
            LOG.error(
                    "journal {}: segment {} ends early: {}",
                    journal.id(),
                    reading.segment.number(),
                    damage.getMessage());
            damaged = true;
            return null;
        }
    }

    private void pass(Segment following) {
        reading = new Passed(following);
        retained.add(reading);
        offset = JournalFormat.SEGMENT_HEADER_BYTES;
        damaged = false;
    }

    private void opened(JournalRecord record) {
        reading.open++;
        Opened before = open.put(record.requestId(), new Opened(reading, offset));
        if (before != null) {
            forget(before);
        }
    }

    private void closed(JournalRecord record) {
        reading.lastSequence = record.sequence();
        Opened opened = open.remove(record.requestId());
        if (opened != null) {
            forget(opened);
        }
    }

    private void forget(Opened opened) {
        if (opened.in == null) {
            carriedOpen--;
        } else {
            opened.in.open--;
        }
    }

    private List<Passed> freeable(long nowMillis, boolean pressed) {
        List<Passed> free = new ArrayList<>();
        long acknowledged = journal.acknowledged().get();
        for (Passed each : retained) {
            boolean kept = !pressed && nowMillis - each.lastWrittenAtMillis < KEPT_MILLIS;
            if (each == reading || each.lastSequence > acknowledged || kept) {
                break;
            }
            free.add(each);
        }
        return free;
    }

    /** Writes all that is open up to and in this segment to a file that stands for those segments from then on. */
    private void carry(Passed last) throws IOException {
        long boundary = last.segment.number() + 1;
        List<Opened> carried = new ArrayList<>();
        List<JournalRecord> records = new ArrayList<>();
        for (Opened each : open.values()) {
            if (each.in == null || each.in.segment.number() < boundary) {
                carried.add(each);
                records.add(each.record());
            }
        }
        journal.folder().writeCarried(boundary, records);
        for (int i = 0; i < carried.size(); i++) {
            carried.get(i).carried(records.get(i));
        }
        carriedFile = true;
        carriedOpen = carried.size();
    }

    private long deleteOldest(Passed passed) {
        journal.forgetFirst();
        retained.remove(passed);
        passed.segment.delete();
        return passed.segment.bytes();
    }

    /**
     * @param lastSequence of the events in it; 0 when there are none
     * @param bytes that were given free
     */
    record Dropped(long lastSequence, long bytes) {}

    private static final class Passed {
        final Segment segment;
        long lastSequence;
        long lastWrittenAtMillis;
        int open;

        Passed(Segment segment) {
            this.segment = segment;
        }
    }

    /** An open record: in a segment, or, once carried, here. */
    private static final class Opened {
        @Nullable
        Passed in;

        long offset;

        @Nullable
        JournalRecord carried;

        Opened(Passed in, long offset) {
            this.in = in;
            this.offset = offset;
        }

        JournalRecord record() {
            JournalRecord record = in == null ? carried : in.segment.read(offset);
            if (record == null) {
                throw new IllegalStateException("an open record has gone");
            }
            return record;
        }

        void carried(JournalRecord record) {
            in = null;
            carried = record;
        }
    }
}
