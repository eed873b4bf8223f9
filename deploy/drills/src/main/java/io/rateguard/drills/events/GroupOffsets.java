package io.rateguard.drills.events;

import io.rateguard.bed.EventsTopic;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How far the intakes' group is, as Kafka keeps it. */
final class GroupOffsets implements AutoCloseable {

    private static final String GROUP = "rateguard-intake";

    private final Admin admin;

    GroupOffsets(String bootstrapServers) {
        admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    /** Blocks that are promised and not done: partition, and where the block starts and ends. */
    Set<String> openBlocks() {
        Set<String> open = new HashSet<>();
        committed().forEach((partition, offset) -> {
            if (!offset.metadata().isEmpty()) {
                open.add(partition + " " + offset.offset() + " " + offset.metadata());
            }
        });
        return open;
    }

    /** Whether all that Kafka has was taken in. */
    boolean isThrough() {
        Map<TopicPartition, OffsetAndMetadata> committed = committed();
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        for (int partition = 0; partition < EventsTopic.PARTITIONS; partition++) {
            latest.put(new TopicPartition(EventsTopic.NAME, partition), OffsetSpec.latest());
        }
        try {
            Map<TopicPartition, ListOffsetsResultInfo> ends =
                    admin.listOffsets(latest).all().get();
            return ends.entrySet().stream().allMatch(end -> {
                OffsetAndMetadata done = committed.get(end.getKey());
                return end.getValue().offset() == 0
                        || (done != null
                                && done.offset() == end.getValue().offset()
                                && done.metadata().isEmpty());
            });
        } catch (ExecutionException failure) {
            throw new IllegalStateException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        admin.close();
    }

    private Map<TopicPartition, OffsetAndMetadata> committed() {
        try {
            return admin.listConsumerGroupOffsets(GROUP)
                    .partitionsToOffsetAndMetadata()
                    .get();
        } catch (ExecutionException failure) {
            throw new IllegalStateException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
