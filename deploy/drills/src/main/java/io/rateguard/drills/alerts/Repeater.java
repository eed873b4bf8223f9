package io.rateguard.drills.alerts;

import io.rateguard.bed.EventsTopic;
import io.rateguard.domain.event.BudgetCrossed;
import io.rateguard.domain.event.EventJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends every crossing that a proxy tells of twice more: where it was, and where another alerts service reads. */
final class Repeater implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final byte[] journal = UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8);
    private final Set<BudgetCrossed> seen = new HashSet<>();
    private final LongAdder repeated = new LongAdder();
    private final Thread thread = Thread.ofPlatform().name("repeater").unstarted(this::run);
    private volatile boolean stopping;

    Repeater(String bootstrapServers) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        List<TopicPartition> partitions = IntStream.range(0, EventsTopic.PARTITIONS)
                .mapToObj(each -> new TopicPartition(EventsTopic.NAME, each))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        thread.start();
    }

    long repeated() {
        return repeated.sum();
    }

    @Override
    public void close() {
        stopping = true;
        try {
            thread.join();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        consumer.close();
        producer.close();
    }

    private void run() {
        while (!stopping) {
            for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
                if (EventJson.decode(each.value()) instanceof BudgetCrossed crossed && seen.add(crossed)) {
                    send(each.partition(), each.value());
                    send((each.partition() + 1) % EventsTopic.PARTITIONS, each.value());
                }
            }
        }
    }

    private void send(int partition, byte[] event) {
        repeated.increment();
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(EventsTopic.NAME, partition, null, event);
        record.headers().add("journal", journal);
        record.headers().add("sequence", Long.toString(repeated.sum()).getBytes(StandardCharsets.UTF_8));
        var _ = producer.send(record);
    }
}
