package io.rateguard.analytics.intake;

import io.rateguard.analytics.table.ClickHouseFailure;
import io.rateguard.analytics.table.Mark;
import io.rateguard.analytics.table.Marks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partitions this process has, and what it knows of each. A new one is silent until its promise and its marks are
 * read; one that is taken away is forgotten at once, with everything that was not promised.
 */
final class Assignment implements ConsumerRebalanceListener {

    private static final Logger LOG = LoggerFactory.getLogger(Assignment.class);

    private final Consumer<byte[], byte[]> consumer;
    private final Marks marks;
    private final Set<TopicPartition> unknown = new LinkedHashSet<>();
    private final Map<TopicPartition, Held> held = new LinkedHashMap<>();
    private @Nullable Round round;

    private record Held(Backlog backlog, JournalProgress progress) {}

    Assignment(Consumer<byte[], byte[]> consumer, Marks marks) {
        this.consumer = consumer;
        this.marks = marks;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        unknown.addAll(partitions);
        consumer.pause(partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        unknown.removeAll(partitions);
        held.keySet().removeAll(partitions);
        if (round != null) {
            round.drop(partitions);
        }
    }

    /** Reads where the new partitions stand; may be tried again when it fails. */
    void learn() {
        if (unknown.isEmpty()) {
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(unknown);
        for (TopicPartition partition : List.copyOf(unknown)) {
            try {
                learn(partition, committed.get(partition));
            } catch (KafkaException | ClickHouseFailure failure) {
                // The others come first when it is tried again.
                unknown.remove(partition);
                unknown.add(partition);
                throw failure;
            }
        }
    }

    private void learn(TopicPartition partition, @Nullable OffsetAndMetadata committed) {
        long start = committed == null ? consumer.position(partition) : committed.offset();
        OptionalLong end = committed == null ? OptionalLong.empty() : OpenBlock.end(committed);
        boolean isNew = committed == null && isEmpty(partition, start);
        Map<UUID, Mark> known = marks(partition, start, end, committed == null && !isNew);
        if (isNew) {
            consumer.commitSync(Map.of(partition, new OffsetAndMetadata(start)));
        }
        consumer.seek(partition, start);
        held.put(partition, new Held(new Backlog(start, end), new JournalProgress(partition, known)));
        unknown.remove(partition);
        consumer.resume(List.of(partition));
    }

    private boolean isEmpty(TopicPartition partition, long start) {
        return Objects.equals(consumer.endOffsets(List.of(partition)).get(partition), start);
    }

    /**
     * The marks to filter by. Where the committed offset is gone, or behind what is known to be taken in, the partition is
     * read again, and what came in before is told by how far its journals got: asked of all requests.
     */
    private Map<UUID, Mark> marks(TopicPartition partition, long start, OptionalLong end, boolean isLost) {
        long reach = marks.reach(partition.partition());
        if (!isLost && reach <= end.orElse(start)) {
            return marks.newest(partition.partition(), start);
        }
        Map<UUID, Mark> all = marks.all(partition.partition(), reach);
        if (!all.isEmpty()) {
            LOG.warn(
                    "{}: read again from {}, the committed offset is {}; taken in up to {}",
                    partition,
                    start,
                    isLost ? "gone" : "behind",
                    reach);
        }
        return all;
    }

    void add(ConsumerRecords<byte[], byte[]> polled) {
        for (Map.Entry<TopicPartition, Held> each : held.entrySet()) {
            List<ConsumerRecord<byte[], byte[]>> messages = polled.records(each.getKey());
            each.getValue().backlog().add(messages, consumer.position(each.getKey()));
        }
    }

    /** Whether a block that an earlier process promised can be taken in now. */
    boolean hasPromised() {
        return held.values().stream()
                .anyMatch(each -> each.backlog().isPromised() && each.backlog().isReady());
    }

    boolean hasReady() {
        return held.values().stream().anyMatch(each -> each.backlog().isReady());
    }

    /** Reads the next block of each partition that has one. */
    Collection<EventBlock> takeBlocks() {
        List<EventBlock> blocks = new ArrayList<>();
        held.forEach((partition, each) -> {
            if (each.backlog().isReady()) {
                long start = each.backlog().start();
                long end = each.backlog().end();
                blocks.add(each.progress().read(start, end, each.backlog().take()));
            }
        });
        return blocks;
    }

    /** Tells of the partitions in which nothing waits, here or in Kafka. */
    void tellWaiting(Freshness freshness, Instant asked) {
        held.forEach((partition, each) -> {
            boolean isWaiting =
                    each.backlog().isEmpty() && consumer.currentLag(partition).orElse(1) == 0;
            if (isWaiting) {
                freshness.waits(partition.partition(), each.backlog().start(), asked);
            }
        });
    }

    /** From now on, what is taken away leaves this round too. */
    void follow(Round current) {
        round = current;
    }

    /** Lets all that is known speak again. */
    void resume() {
        round = null;
        Set<TopicPartition> paused = new HashSet<>(consumer.paused());
        paused.retainAll(held.keySet());
        consumer.resume(paused);
    }
}
