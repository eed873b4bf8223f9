package io.rateguard.analytics.intake;

import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/** Counts what was polled since the last round, to know when the next one is due. */
final class Gathering {

    private final BlockSettings settings;
    private int events;
    private long bytes;
    private long oldestNanos;

    Gathering(BlockSettings settings) {
        this.settings = settings;
    }

    void add(ConsumerRecords<byte[], byte[]> polled, long nowNanos) {
        if (events == 0) {
            oldestNanos = nowNanos;
        }
        events += polled.count();
        for (ConsumerRecord<byte[], byte[]> message : polled) {
            bytes += Math.max(0, message.serializedValueSize());
        }
    }

    boolean isDue(long nowNanos) {
        return events > 0
                && (events >= settings.maxEvents()
                        || bytes >= settings.maxSize().toBytes()
                        || nowNanos - oldestNanos >= settings.maxAge().toNanos());
    }

    /** How long to wait for more. */
    Duration patience(long nowNanos) {
        if (events == 0) {
            return settings.maxAge();
        }
        return Duration.ofNanos(Math.max(0, oldestNanos + settings.maxAge().toNanos() - nowNanos));
    }

    void clear() {
        events = 0;
        bytes = 0;
    }
}
