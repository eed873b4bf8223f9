package io.rateguard.proxy.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A segment on the heap, for when no mapped one is ready; {@link SegmentStorage} writes it to disk behind the writer. */
final class OverflowSegment extends Segment {

    private enum Use {
        OPEN,
        WRITING,
        SEALED
    }

    private final AtomicReference<Use> use = new AtomicReference<>(Use.OPEN);
    private volatile long storedBytes;
    private @Nullable Path file;
    private boolean deleted;

    OverflowSegment(long bytes) {
        super(MemorySegment.ofArray(new long[Math.toIntExact(bytes / Long.BYTES)]));
    }

    @Override
    boolean isStored(long offset) {
        return offset <= storedBytes;
    }

    /** @return false also when the segment is sealed */
    @Override
    boolean append(RecordEncoder encoded, byte[] json) {
        if (!use.compareAndSet(Use.OPEN, Use.WRITING)) {
            return false;
        }
        try {
            return super.append(encoded, json);
        } finally {
            use.set(Use.OPEN);
        }
    }

    /** Makes the writer go on to a segment that is ready, with its next record. Does nothing while it writes. */
    void seal() {
        use.compareAndSet(Use.OPEN, Use.SEALED);
    }

    /** Whether nothing will be added and everything is on disk. */
    synchronized boolean isFinished() {
        boolean whole = next() != null || use.get() == Use.SEALED;
        return deleted || (whole && storedBytes == written(storedBytes));
    }

    /** Writes to disk what was added since the last time. */
    synchronized void store(JournalFolder folder) throws IOException {
        if (deleted) {
            return;
        }
        long from = storedBytes;
        long until = written(from);
        if (until == from) {
            return;
        }
        Path target = file == null ? folder.newSegment() : file;
        file = target;
        try (FileChannel channel = FileChannel.open(target, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBuffer added =
                    ByteBuffer.wrap(memory().asSlice(from, until - from).toArray(ValueLayout.JAVA_BYTE));
            for (long at = from; at < until; ) {
                at += channel.write(added, at);
            }
        }
        storedBytes = until;
    }

    @Override
    void unmap() {
        // The heap gives it free.
    }

    @Override
    synchronized void delete() {
        deleted = true;
        if (file != null) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    private long written(long from) {
        long at = Math.max(from, JournalFormat.SEGMENT_HEADER_BYTES);
        for (long after = skip(at); after != at; after = skip(at)) {
            at = after;
        }
        return at;
    }
}
