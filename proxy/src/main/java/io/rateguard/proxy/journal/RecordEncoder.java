package io.rateguard.proxy.journal;

import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.id.WorkspaceId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** Lays out the checked part of a record's header and its checksum; used again and again by one thread. */
final class RecordEncoder {

    private final byte[] header = new byte[JournalFormat.RECORD_HEADER_BYTES - JournalFormat.CHECKED];
    private final ByteBuffer fields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    private final CRC32C crc = new CRC32C();

    void encode(JournalRecord record) {
        encode(
                record.kind(),
                record.partition(),
                record.sequence(),
                record.writtenAtMillis(),
                record.workspace(),
                record.requestId(),
                record.json());
    }

    void encode(
            JournalRecord.Kind kind,
            int partition,
            long sequence,
            long writtenAtMillis,
            WorkspaceId workspace,
            RequestId requestId,
            byte[] json) {
        fields.clear();
        fields.putInt(kind.code())
                .putInt(partition)
                .putLong(sequence)
                .putLong(writtenAtMillis)
                .putLong(workspace.value().getMostSignificantBits())
                .putLong(workspace.value().getLeastSignificantBits());
        String id = requestId.value();
        for (int i = 0; i < JournalFormat.REQUEST_ID_BYTES; i++) {
            fields.put((byte) (i < id.length() ? id.charAt(i) : 0));
        }
        crc.reset();
        crc.update(header, 0, header.length);
        crc.update(json, 0, json.length);
    }

    byte[] header() {
        return header;
    }

    int checksum() {
        return (int) crc.getValue();
    }
}
