package io.rateguard.proxy.journal;

import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.id.WorkspaceId;

/** One record of a journal, read or to be written. */
record JournalRecord(
        Kind kind,
        int partition,
        long sequence,
        long writtenAtMillis,
        WorkspaceId workspace,
        RequestId requestId,
        byte[] json) {

    enum Kind {
        OPENED(1),
        CLOSED(2),
        TOLD(3);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }

        /** Whether it has a sequence and goes to Kafka. */
        boolean isShipped() {
            return this != OPENED;
        }

        static Kind of(int code) {
            return switch (code) {
                case 1 -> OPENED;
                case 2 -> CLOSED;
                case 3 -> TOLD;
                default -> throw new DamagedRecordException("kind: " + code + " (expected: 1 to 3)");
            };
        }
    }

    int bytes() {
        return JournalFormat.RECORD_HEADER_BYTES + json.length;
    }
}
