package io.rateguard.standalone.sample;

import io.rateguard.domain.event.EventJson;
import io.rateguard.domain.event.PartitionChoice;
import io.rateguard.domain.event.RequestEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends a history to Kafka as a proxy's journal does: all of it to the workspace's partition, in order, under the job's
 * journal id and numbered from 1. What arrives twice, because the job was done before, is passed over by the intake.
 */
final class HistoryShipping implements AutoCloseable {

    static final String TOPIC = "api-events";

    private static final int MOST_PER_SECOND = 2_000;
    private static final int BATCH_BYTES = 128 << 10;

    private final KafkaProducer<byte[], byte[]> producer;
    private final SampleJob job;
    private final int partition;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final Pace pace = new Pace(MOST_PER_SECOND, System::nanoTime, LockSupport::parkNanos);
    private long sequence;

    HistoryShipping(String bootstrapServers, SampleJob job) {
        this.job = job;
        this.producer =
                new KafkaProducer<>(properties(bootstrapServers), new ByteArraySerializer(), new ByteArraySerializer());
        this.partition = PartitionChoice.of(
                job.workspace(), producer.partitionsFor(TOPIC).size());
    }

    /** @throws IllegalStateException when an event before this one was not taken: nothing may follow it */
    void send(RequestEvent event) {
        requireNoFailure();
        pace.await();
        sequence++;
        List<Header> headers =
                List.of(header("journal", job.journal().toString()), header("sequence", Long.toString(sequence)));
        var _ = producer.send(
                new ProducerRecord<>(
                        TOPIC, partition, text(job.workspace().toString()), EventJson.encode(event), headers),
                (metadata, failed) -> {
                    if (failed != null) {
                        failure.compareAndSet(null, failed);
                    }
                });
    }

    /** Returns when Kafka has all of it; how many there were. */
    long finish() {
        producer.flush();
        requireNoFailure();
        return sequence;
    }

    @Override
    public void close() {
        producer.close();
    }

    private void requireNoFailure() {
        Exception failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException("Kafka has not taken the history: " + failed.getMessage(), failed);
        }
    }

    private static Map<String, Object> properties(String bootstrapServers) {
        return Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.CLIENT_ID_CONFIG,
                "rateguard-sample",
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4",
                ProducerConfig.LINGER_MS_CONFIG,
                20,
                ProducerConfig.BATCH_SIZE_CONFIG,
                BATCH_BYTES,
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.ACKS_CONFIG,
                "all",
                // With more, a partition that is just getting its leader may take a later request before the first.
                ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                1);
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, text(value));
    }

    private static byte[] text(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }
}
