package io.rateguard.proxy.journal;

import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * What is in a segment, little-endian, each record starting at a multiple of 8:
 *
 * <pre>
 * segment    0  magic "RGJRNL01"
 *            8  journal id: most, least significant bits
 *           24  number of the segment in its journal, from 1, written last; 0: never used
 *           32  nothing yet, to 64
 * record     0  length of header and JSON together, written last; 0: no record, here or later
 *            4  CRC32C of everything from 8 to the length
 *            8  kind: 1 opened, 2 closed, 3 told
 *           12  Kafka partition
 *           16  sequence; 0 for an opened record
 *           24  when it was written, in milliseconds since 1970
 *           32  workspace id: most, least significant bits
 *           48  request id, ASCII, padded with zeros
 *           80  the event as JSON
 * </pre>
 */
final class JournalFormat {

    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);

    static final long MAGIC = 0x31304C4E524A4752L;
    static final int JOURNAL_ID = 8;
    static final int SEGMENT_NUMBER = 24;
    static final int SEGMENT_HEADER_BYTES = 64;

    static final int CHECKSUM = 4;
    static final int CHECKED = 8;
    static final int RECORD_HEADER_BYTES = 80;
    static final int REQUEST_ID_BYTES = 32;

    /** Events are far smaller, since their fields are capped; anything above is a mistake. */
    static final int LARGEST_EVENT_BYTES = 256 << 10;

    private JournalFormat() {}

    static long aligned(long bytes) {
        return (bytes + 7) & ~7L;
    }
}
