package io.rateguard.alerts.correction;

import io.rateguard.alerts.intake.KafkaSettings;
import io.rateguard.domain.event.Adjustment;
import io.rateguard.domain.event.EventJson;
import io.rateguard.domain.event.PartitionChoice;
import io.rateguard.domain.id.WorkspaceId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends adjusting entries to Kafka, as a journal does: in order, numbered, all of a workspace to one partition. */
final class Shipping implements AutoCloseable {

    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;

    Shipping(KafkaSettings kafka) {
        producer = new KafkaProducer<>(kafka.producer(), new ByteArraySerializer(), new ByteArraySerializer());
        topic = kafka.topic();
    }

    /** @param sequence rises within its journal */
    record Numbered(long sequence, Adjustment adjustment) {}

    int partition(WorkspaceId workspace) {
        return PartitionChoice.of(workspace, producer.partitionsFor(topic).size());
    }

    /**
     * Returns when Kafka has all of them.
     *
     * @throws IllegalStateException when it has not; then nothing may follow but all of them again
     */
    void send(UUID journal, int partition, List<Numbered> entries) {
        List<Future<?>> sent = new ArrayList<>();
        for (Numbered entry : entries) {
            WorkspaceId workspace = entry.adjustment().caller().workspace();
            ProducerRecord<byte[], byte[]> message = new ProducerRecord<>(
                    topic, partition, bytes(workspace.toString()), EventJson.encode(entry.adjustment()));
            message.headers().add("journal", bytes(journal.toString()));
            message.headers().add("sequence", bytes(Long.toString(entry.sequence())));
            sent.add(producer.send(message));
        }
        for (Future<?> each : sent) {
            await(each);
        }
    }

    @Override
    public void close() {
        producer.close();
    }

    private static void await(Future<?> sent) {
        try {
            sent.get();
        } catch (ExecutionException failed) {
            throw new IllegalStateException("Kafka has not taken an adjustment: " + failed.getMessage(), failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while sending adjustments", stopped);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
