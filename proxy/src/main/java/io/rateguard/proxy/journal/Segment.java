package io.rateguard.proxy.journal;

import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.id.WorkspaceId;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a journal in memory: one thread appends, another reads behind it. The link to the next segment is set
 * after the last record, so a reader that sees the link and then no record has reached the end.
 */
abstract sealed class Segment permits MappedSegment, OverflowSegment {

    private static final VarHandle LENGTH = JournalFormat.INT.varHandle();
    private static final VarHandle NUMBER = JournalFormat.LONG.varHandle();

    private final MemorySegment memory;
    private long end = JournalFormat.SEGMENT_HEADER_BYTES;
    private volatile @Nullable Segment next;

    Segment(MemorySegment memory) {
        this.memory = memory;
    }

    /** Whether what is before this offset would be found after the death of the process. */
    abstract boolean isStored(long offset);

    /** Gives the memory free; the file stays. */
    abstract void unmap();

    /** Gives memory and file free. */
    abstract void delete();

    final MemorySegment memory() {
        return memory;
    }

    final long bytes() {
        return memory.byteSize();
    }

    final void begin(UUID journal, long number) {
        memory.set(JournalFormat.LONG, 0, JournalFormat.MAGIC);
        memory.set(JournalFormat.LONG, JournalFormat.JOURNAL_ID, journal.getMostSignificantBits());
        memory.set(JournalFormat.LONG, JournalFormat.JOURNAL_ID + 8, journal.getLeastSignificantBits());
        NUMBER.setRelease(memory, (long) JournalFormat.SEGMENT_NUMBER, number);
    }

    final boolean belongsTo(UUID journal) {
        return bytes() >= JournalFormat.SEGMENT_HEADER_BYTES
                && memory.get(JournalFormat.LONG, 0) == JournalFormat.MAGIC
                && memory.get(JournalFormat.LONG, JournalFormat.JOURNAL_ID) == journal.getMostSignificantBits()
                && memory.get(JournalFormat.LONG, JournalFormat.JOURNAL_ID + 8) == journal.getLeastSignificantBits();
    }

    final long number() {
        return memory.get(JournalFormat.LONG, JournalFormat.SEGMENT_NUMBER);
    }

    final @Nullable Segment next() {
        return next;
    }

    final void link(Segment following) {
        next = following;
    }

    /** @return false when it does not fit; nothing is written then */
    boolean append(RecordEncoder encoded, byte[] json) {
        int length = JournalFormat.RECORD_HEADER_BYTES + json.length;
        long after = end + JournalFormat.aligned(length);
        if (after > bytes()) {
            return false;
        }
        byte[] header = encoded.header();
        MemorySegment.copy(header, 0, memory, ValueLayout.JAVA_BYTE, end + JournalFormat.CHECKED, header.length);
        MemorySegment.copy(
                json, 0, memory, ValueLayout.JAVA_BYTE, end + JournalFormat.RECORD_HEADER_BYTES, json.length);
        memory.set(JournalFormat.INT, end + JournalFormat.CHECKSUM, encoded.checksum());
        LENGTH.setRelease(memory, end, length);
        end = after;
        return true;
    }

    /** The offset after the record here, or this offset when there is none. */
    final long skip(long offset) {
        return offset + JournalFormat.aligned(lengthAt(offset));
    }

    /**
     * @return none when no record stands here, or not yet
     * @throws DamagedRecordException when something else does
     */
    final @Nullable JournalRecord read(long offset) {
        int length = lengthAt(offset);
        if (length == 0) {
            return null;
        }
        if (length < JournalFormat.RECORD_HEADER_BYTES || offset + length > bytes()) {
            throw new DamagedRecordException("length: " + length + " at " + offset + " of " + bytes());
        }
        byte[] whole = new byte[length];
        MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, offset, whole, 0, length);
        CRC32C crc = new CRC32C();
        crc.update(whole, JournalFormat.CHECKED, length - JournalFormat.CHECKED);
        if ((int) crc.getValue() != memory.get(JournalFormat.INT, offset + JournalFormat.CHECKSUM)) {
            throw new DamagedRecordException("checksum at " + offset + " of " + bytes());
        }
        return decode(whole);
    }

    /** @throws DamagedRecordException after the records before the damage have been given */
    final void readAll(Consumer<JournalRecord> reader) {
        long offset = JournalFormat.SEGMENT_HEADER_BYTES;
        for (JournalRecord each = read(offset); each != null; each = read(offset)) {
            reader.accept(each);
            offset = skip(offset);
        }
    }

    private int lengthAt(long offset) {
        return offset + JournalFormat.RECORD_HEADER_BYTES > bytes() ? 0 : (int) LENGTH.getAcquire(memory, offset);
    }

    private static JournalRecord decode(byte[] whole) {
        ByteBuffer fields =
                ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).position(JournalFormat.CHECKED);
        JournalRecord.Kind kind = JournalRecord.Kind.of(fields.getInt());
        int partition = fields.getInt();
        long sequence = fields.getLong();
        long writtenAtMillis = fields.getLong();
        WorkspaceId workspace = new WorkspaceId(new UUID(fields.getLong(), fields.getLong()));
        String requestId =
                new String(whole, fields.position(), JournalFormat.REQUEST_ID_BYTES, StandardCharsets.US_ASCII).trim();
        byte[] json = new byte[whole.length - JournalFormat.RECORD_HEADER_BYTES];
        System.arraycopy(whole, JournalFormat.RECORD_HEADER_BYTES, json, 0, json.length);
        return new JournalRecord(kind, partition, sequence, writtenAtMillis, workspace, new RequestId(requestId), json);
    }
}
