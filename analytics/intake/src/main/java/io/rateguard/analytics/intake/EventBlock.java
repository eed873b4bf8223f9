package io.rateguard.analytics.intake;

import io.rateguard.analytics.table.Block;
import io.rateguard.analytics.table.Mark;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * One block, read: what goes where. The same range of offsets gives the same block, whoever reads it.
 *
 * @param duplicates what the journals had sent before
 * @param marks of the journals that got further with this block
 * @param newest when the last of its messages was sent; none when it has none
 */
record EventBlock(
        TopicPartition partition,
        long start,
        long end,
        Block requests,
        Block adjustments,
        List<Decoded.Unreadable> unreadable,
        int duplicates,
        List<Mark> marks,
        Optional<Instant> newest) {

    int rowCount() {
        return requests.rowCount() + adjustments.rowCount();
    }

    String token() {
        return partition.topic() + ":" + partition.partition() + ":" + start + ":" + end;
    }

    /** Another than that of the requests: both reach the same rollups, where a token counts once. */
    String adjustmentsToken() {
        return "adjustments " + token();
    }

    OffsetAndMetadata promise() {
        return OpenBlock.promise(start, end);
    }

    OffsetAndMetadata done() {
        return new OffsetAndMetadata(end);
    }
}
