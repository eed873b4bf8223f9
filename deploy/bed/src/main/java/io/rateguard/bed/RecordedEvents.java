package io.rateguard.bed;

import io.rateguard.domain.event.Adjustment;
import io.rateguard.domain.event.BudgetCrossed;
import io.rateguard.domain.event.EventJson;
import io.rateguard.domain.event.RequestEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What arrived in Kafka, read as an intake would read it. */
public final class RecordedEvents implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final KafkaConsumer<String, byte[]> consumer;
    private final Set<String> marks = new HashSet<>();
    private final List<RequestEvent> seen = new ArrayList<>();
    private final List<BudgetCrossed> crossings = new ArrayList<>();

    /** All that the topic has, from its beginning. */
    public RecordedEvents(String bootstrapServers, String topic) {
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "group.id",
                        "test-" + UUID.randomUUID(),
                        "auto.offset.reset",
                        "earliest",
                        "enable.auto.commit",
                        "false"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(it -> new TopicPartition(topic, it.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Waits for the event of a request. */
    public synchronized RequestEvent of(String requestId) {
        return await(events ->
                        events.stream().anyMatch(it -> it.requestId().value().equals(requestId)))
                .stream()
                .filter(it -> it.requestId().value().equals(requestId))
                .findFirst()
                .orElseThrow();
    }

    /** Waits until what was seen so far satisfies a condition; fails with what there was when it never does. */
    public synchronized List<RequestEvent> await(Predicate<List<RequestEvent>> enough) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!enough.test(seen)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("the events never came; seen: " + seen);
            }
            poll();
        }
        return List.copyOf(seen);
    }

    /** All that Kafka has by now. */
    public synchronized List<RequestEvent> all() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        await(events -> ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue()));
        return List.copyOf(seen);
    }

    private void poll() {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
            // A proxy that was killed sends again what it does not know to have arrived.
            if (marks.add(header(record, "journal") + ":" + header(record, "sequence"))) {
                switch (EventJson.decode(record.value())) {
                    case RequestEvent event -> seen.add(event);
                    case BudgetCrossed crossed -> crossings.add(crossed);
                    case Adjustment adjustment -> throw new AssertionError("no proxy sends " + adjustment);
                }
            }
        }
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    /** What has been seen of crossings while waiting for events. */
    public synchronized List<BudgetCrossed> crossings() {
        return List.copyOf(crossings);
    }

    @Override
    public synchronized void close() {
        consumer.close();
    }
}
