package io.rateguard.proxy.journal;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Ships to a Kafka topic: key is the workspace id, value the event's JSON, headers {@code journal} and {@code sequence}.
 *
 * <p>Order: one request is under way at a time (with more, a partition that is just getting its leader may refuse the
 * first and take the second, and the first then waits for ever as one out of sequence), a batch waits for Kafka without a limit, and a batch that fails for
 * good ends its producer from the producer's own thread, so that nothing behind it goes out. The next event then makes
 * a new producer.
 */
public final class KafkaEventShipping implements EventShipping {

    private static final Map<String, Object> TUNING = Map.of(
            ProducerConfig.LINGER_MS_CONFIG, 5,
            ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4",
            ProducerConfig.BATCH_SIZE_CONFIG, 128 << 10,
            ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000,
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 15_000,
            ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000,
            ProducerConfig.CLIENT_ID_CONFIG, "rateguard-journal");

    private static final Map<String, Object> GUARANTEES = Map.of(
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            true,
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
            1,
            ProducerConfig.RETRIES_CONFIG,
            Integer.MAX_VALUE,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
            Integer.MAX_VALUE);

    private final Map<String, Object> properties;
    private final String topic;
    private final int partitions;
    private @Nullable Life life;

    /**
     * @param producerProperties where Kafka is and how to sign in; may also tune the producer, but not loosen its
     *     guarantees
     * @param partitions as many as the topic has
     */
    public KafkaEventShipping(Map<String, Object> producerProperties, String topic, int partitions) {
        if (partitions < 1) {
            throw new IllegalArgumentException("partitions: " + partitions + " (expected: 1 or more)");
        }
        this.properties = properties(producerProperties);
        this.topic = topic;
        this.partitions = partitions;
    }

    static Map<String, Object> properties(Map<String, Object> producerProperties) {
        Map<String, Object> all = new HashMap<>(TUNING);
        all.putAll(producerProperties);
        all.putAll(GUARANTEES);
        return Map.copyOf(all);
    }

    @Override
    public int partitions() {
        return partitions;
    }

    @Override
    public void send(RecordedEvent event, Acknowledgement acknowledgement) {
        try {
            Life current = life();
            var _ = current.producer.send(record(event), (metadata, failure) -> {
                if (failure != null) {
                    current.end();
                }
                acknowledgement.told(failure);
            });
        } catch (KafkaException | IllegalStateException notTaken) {
            throw new ShippingException("Kafka does not take events: " + notTaken.getMessage(), notTaken);
        }
    }

    @Override
    public void restart() {
        close();
    }

    @Override
    public void close() {
        if (life != null) {
            life.end();
            life = null;
        }
    }

    private Life life() {
        if (life == null) {
            life = new Life(new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer()));
        }
        return life;
    }

    private ProducerRecord<byte[], byte[]> record(RecordedEvent event) {
        List<Header> headers = List.of(
                header("journal", event.journal().toString()), header("sequence", Long.toString(event.sequence())));
        return new ProducerRecord<>(
                topic, event.partition(), text(event.workspace().toString()), event.json(), headers);
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, text(value));
    }

    private static byte[] text(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    /** One producer, ended once: by its first failure or from outside. */
    private static final class Life {
        final KafkaProducer<byte[], byte[]> producer;
        final AtomicBoolean ended = new AtomicBoolean();

        Life(KafkaProducer<byte[], byte[]> producer) {
            this.producer = producer;
        }

        void end() {
            if (ended.compareAndSet(false, true)) {
                producer.close(Duration.ZERO);
            }
        }
    }
}
