package io.rateguard.analytics.intake;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Since when Kafka has not confirmed that this process has its partitions. A commit that it takes does; one of a process
 * that slept while others took over is refused.
 */
final class Ownership {

    private final Consumer<Map<TopicPartition, OffsetAndMetadata>> commit;
    private final long surelyNanos;
    private volatile long confirmedNanos = System.nanoTime();

    /** @param silence after which Kafka may give the partitions to others */
    Ownership(Consumer<Map<TopicPartition, OffsetAndMetadata>> commit, Duration silence) {
        this.commit = commit;
        // What is begun until then has as much time again to end.
        this.surelyNanos = silence.dividedBy(2).toNanos();
    }

    /** @throws KafkaException when Kafka does not answer, or others have the partitions */
    void commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        long asked = System.nanoTime();
        commit.accept(offsets);
        confirmedNanos = asked;
    }

    boolean isSure() {
        return System.nanoTime() - confirmedNanos < surelyNanos;
    }

    /** For threads that may not commit themselves. */
    void requireSure() {
        if (!isSure()) {
            throw new KafkaException("the partitions may have been taken over: what is promised is promised again");
        }
    }
}
