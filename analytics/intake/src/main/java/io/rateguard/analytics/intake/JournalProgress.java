package io.rateguard.analytics.intake;

import io.rateguard.analytics.table.AdjustmentRows;
import io.rateguard.analytics.table.Mark;
import io.rateguard.analytics.table.Provenance;
import io.rateguard.analytics.table.RequestRows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** How far each journal has been taken in from one partition; turns messages into blocks without what came before. */
final class JournalProgress {

    private final TopicPartition partition;
    private final Map<UUID, Mark> newest;

    /** @param newest the marks that count for the next block */
    JournalProgress(TopicPartition partition, Map<UUID, Mark> newest) {
        this.partition = partition;
        this.newest = new HashMap<>(newest);
    }

    /** Reads the messages of one block; the blocks of a partition are read in order, each once. */
    EventBlock read(long start, long end, List<ConsumerRecord<byte[], byte[]>> messages) {
        RequestRows requests = new RequestRows();
        AdjustmentRows adjustments = new AdjustmentRows();
        List<Decoded.Unreadable> unreadable = new ArrayList<>();
        Map<UUID, Long> highest = new TreeMap<>();
        int duplicates = 0;
        for (ConsumerRecord<byte[], byte[]> message : messages) {
            switch (Decoder.decode(message)) {
                case Decoded.Unreadable dead -> unreadable.add(dead);
                case Decoded.Passed(var provenance) -> isFurther(provenance, highest);
                case Decoded.Request(var event, var provenance) -> {
                    if (isFurther(provenance, highest)) {
                        requests.add(event, provenance);
                    } else {
                        duplicates++;
                    }
                }
                case Decoded.Correction(var adjustment, var provenance) -> {
                    if (isFurther(provenance, highest)) {
                        adjustments.add(adjustment, provenance);
                    } else {
                        duplicates++;
                    }
                }
            }
        }
        return new EventBlock(
                partition,
                start,
                end,
                requests.block(),
                adjustments.block(),
                unreadable,
                duplicates,
                advance(end, highest),
                newest(messages));
    }

    private static Optional<Instant> newest(List<ConsumerRecord<byte[], byte[]>> messages) {
        return messages.isEmpty()
                ? Optional.empty()
                : Optional.of(Instant.ofEpochMilli(messages.getLast().timestamp()));
    }

    /** Whether this is further than its journal has got; then it has got there. */
    private boolean isFurther(Provenance provenance, Map<UUID, Long> highest) {
        Long here = highest.get(provenance.journal());
        if (here == null) {
            Mark before = newest.get(provenance.journal());
            here = before == null ? Long.MIN_VALUE : before.sequence();
        }
        if (provenance.sequence() <= here) {
            return false;
        }
        highest.put(provenance.journal(), provenance.sequence());
        return true;
    }

    private List<Mark> advance(long end, Map<UUID, Long> highest) {
        List<Mark> marks = new ArrayList<>();
        highest.forEach((journal, sequence) -> {
            Mark before = newest.get(journal);
            Mark after = before == null ? new Mark(journal, 0, end, sequence) : before.followedBy(end, sequence);
            newest.put(journal, after);
            marks.add(after);
        });
        return marks;
    }
}
