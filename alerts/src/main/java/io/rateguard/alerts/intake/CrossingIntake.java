package io.rateguard.alerts.intake;

import io.rateguard.alerts.evaluation.Crossings;
import io.rateguard.alerts.evaluation.Reached;
import io.rateguard.alerts.evaluation.Source;
import io.rateguard.alerts.management.AlertsStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls, records and commits, in that order, until it is closed; it outlives every outage. What is read twice is
 * recorded once.
 */
public final class CrossingIntake implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(CrossingIntake.class);

    private static final String PART = "intake";
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration BACKOFF = Duration.ofMillis(500);
    private static final long SILENT_NANOS = Duration.ofSeconds(5).toNanos();

    private final KafkaSettings kafka;
    private final Crossings crossings;
    private final Runnable recorded;
    private final AlertsStatus status;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "intake");
    private long connectedNanos;

    /** @param recorded run when there is something new to deliver */
    public CrossingIntake(KafkaSettings kafka, Crossings crossings, Runnable recorded, AlertsStatus status) {
        this.kafka = kafka;
        this.crossings = crossings;
        this.recorded = recorded;
        this.status = status;
    }

    public void start() {
        thread.start();
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!isClosing()) {
            try {
                consume();
            } catch (KafkaException outage) {
                status.fails(PART, outage);
            } catch (RuntimeException | Error failure) {
                log.error("intake starts over", failure);
                status.fails(PART, failure);
            }
            pause();
        }
    }

    private void consume() {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(kafka.consumer(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(kafka.topic()));
            connectedNanos = System.nanoTime();
            while (!isClosing()) {
                ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
                requireConnected(consumer);
                List<Reached> reached = new ArrayList<>();
                for (ConsumerRecord<byte[], byte[]> each : polled) {
                    CrossingReader.read(each).ifPresent(reached::add);
                }
                if (record(consumer, reached) && !polled.isEmpty()) {
                    commit(consumer);
                }
            }
        }
    }

    /** Stays in the group while the database is away; false when the service ends first. */
    private boolean record(KafkaConsumer<byte[], byte[]> consumer, List<Reached> reached) {
        boolean waiting = false;
        while (!isClosing()) {
            try {
                int added = crossings.record(reached, Source.TOLD);
                status.told(added);
                if (added > 0) {
                    recorded.run();
                }
                status.works(PART);
                if (waiting) {
                    consumer.resume(consumer.assignment());
                }
                return true;
            } catch (RuntimeException outage) {
                status.fails(PART, outage);
                waiting = true;
                consumer.pause(consumer.assignment());
                consumer.poll(BACKOFF);
            }
        }
        return false;
    }

    private static void commit(KafkaConsumer<byte[], byte[]> consumer) {
        try {
            consumer.commitSync();
        } catch (RebalanceInProgressException later) {
            log.debug("committed with the next poll: {}", later.getMessage());
        }
    }

    /** A poll says nothing when Kafka is gone. */
    private void requireConnected(KafkaConsumer<byte[], byte[]> consumer) {
        boolean connected = consumer.metrics().values().stream()
                .filter(each -> each.metricName().name().equals("connection-count")
                        && each.metricName().group().equals("consumer-metrics"))
                .map(Metric::metricValue)
                .anyMatch(count -> count instanceof Double number && number > 0);
        long now = System.nanoTime();
        if (connected) {
            connectedNanos = now;
        } else if (now - connectedNanos > SILENT_NANOS) {
            throw new KafkaException("no connection to Kafka at " + kafka.bootstrap());
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private void pause() {
        try {
            closing.await(BACKOFF.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            closing.countDown();
        }
    }
}
