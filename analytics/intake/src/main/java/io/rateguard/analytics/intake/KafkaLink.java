package io.rateguard.analytics.intake;

import java.time.Duration;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;

/** Whether the consumer is connected: a poll says nothing when Kafka is gone. */
final class KafkaLink {

    private static final long PATIENCE_NANOS = Duration.ofSeconds(3).toNanos();

    private final Metric connections;
    private final String bootstrap;
    private long aliveNanos = System.nanoTime();

    KafkaLink(Consumer<byte[], byte[]> consumer, String bootstrap) {
        this.bootstrap = bootstrap;
        connections = consumer.metrics().entrySet().stream()
                .filter(each -> each.getKey().name().equals("connection-count")
                        && each.getKey().group().equals("consumer-metrics"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Kafka consumer without a connection-count"))
                .getValue();
    }

    /** @throws KafkaException when there has been no connection for a while */
    void requireAlive(long nowNanos) {
        if (connections.metricValue() instanceof Double count && count > 0) {
            aliveNanos = nowNanos;
        } else if (nowNanos - aliveNanos > PATIENCE_NANOS) {
            throw new KafkaException("Kafka: no connection to " + bootstrap);
        }
    }
}
