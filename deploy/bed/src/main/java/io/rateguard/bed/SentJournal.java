package io.rateguard.bed;

import io.rateguard.domain.event.EventJson;
import io.rateguard.domain.event.PartitionChoice;
import io.rateguard.domain.event.RequestEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A journal as a proxy sends one: in order, numbered without gaps. When it dies it sends again what it does not know to
 * have arrived, and, as a proxy that was killed before it wrote that down, some that it knew of.
 */
public final class SentJournal implements AutoCloseable {

    private static final int FORGOTTEN = 400;

    /** Longer than Kafka is ever away: what is given up here could never be sent in order again. */
    private static final int PATIENCE_MILLIS = 1_800_000;

    private final String bootstrapServers;
    private final byte[] journal;
    private final Deque<Sent> latest = new ArrayDeque<>();
    private KafkaProducer<byte[], byte[]> producer;
    private long sequence;

    public SentJournal(String bootstrapServers, UUID journal) {
        this.bootstrapServers = bootstrapServers;
        this.journal = text(journal.toString());
        producer = producer();
    }

    private static final class Sent {

        private final int partition;
        private final long sequence;
        private final byte[] event;
        private volatile boolean arrived;

        Sent(int partition, long sequence, byte[] event) {
            this.partition = partition;
            this.sequence = sequence;
            this.event = event;
        }
    }

    public void send(RequestEvent event) {
        Sent sent = new Sent(
                PartitionChoice.of(event.caller().workspace(), EventsTopic.PARTITIONS),
                ++sequence,
                EventJson.encode(event));
        latest.add(sent);
        send(sent);
        while (latest.size() > FORGOTTEN && latest.getFirst().arrived) {
            latest.removeFirst();
        }
    }

    /** Returns how many are sent a second time at least. */
    public int dieAndSendAgain() {
        producer.close(Duration.ZERO);
        int again = (int) latest.stream().filter(sent -> sent.arrived).count();
        producer = producer();
        latest.forEach(this::send);
        return again;
    }

    /** Returns when Kafka has all of it. */
    public void finish() {
        producer.flush();
        long missing = latest.stream().filter(sent -> !sent.arrived).count();
        if (missing > 0) {
            throw new IllegalStateException("Kafka has not taken " + missing + " events");
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }

    private void send(Sent sent) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(EventsTopic.NAME, sent.partition, null, sent.event);
        record.headers().add("journal", journal);
        record.headers().add("sequence", text(Long.toString(sent.sequence)));
        var _ = producer.send(record, (metadata, failure) -> {
            if (failure == null) {
                sent.arrived = true;
            }
        });
    }

    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        "lz4",
                        ProducerConfig.LINGER_MS_CONFIG,
                        10,
                        ProducerConfig.BUFFER_MEMORY_CONFIG,
                        8L << 20,
                        ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                        1,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        PATIENCE_MILLIS,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        PATIENCE_MILLIS),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private static byte[] text(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }
}
