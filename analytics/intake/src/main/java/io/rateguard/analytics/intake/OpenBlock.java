package io.rateguard.analytics.intake;

import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/** The promise of a block, as it is kept in the metadata of the offset at which the block starts. */
final class OpenBlock {

    private static final String PREFIX = "block-end:";

    private OpenBlock() {}

    static OffsetAndMetadata promise(long start, long end) {
        return new OffsetAndMetadata(start, PREFIX + end);
    }

    /** Where the block that was promised ends; empty when none was. */
    static OptionalLong end(OffsetAndMetadata committed) {
        String metadata = committed.metadata();
        if (!metadata.startsWith(PREFIX)) {
            return OptionalLong.empty();
        }
        long end = Long.parseLong(metadata.substring(PREFIX.length()));
        return end > committed.offset() ? OptionalLong.of(end) : OptionalLong.empty();
    }
}
