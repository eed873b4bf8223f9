package io.rateguard.analytics.intake;

import io.rateguard.domain.event.Adjustment;
import io.rateguard.domain.event.BudgetCrossed;
import io.rateguard.domain.event.Event;
import io.rateguard.domain.event.EventJson;
import io.rateguard.domain.event.PartitionChoice;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.WorkspaceId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends dead letters that can be read now back to the events. Each is the only record of a journal of its own, so that it
 * counts once however often it is replayed; it stays among the dead letters, too.
 */
final class Replay {

    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaSettings kafka;
    private final EventsSettings events;

    Replay(KafkaSettings kafka, EventsSettings events) {
        this.kafka = kafka;
        this.events = events;
    }

    /** A letter, and why it could not be sent; an empty text where it was, or could be. */
    record Outcome(Letter letter, String trouble) {}

    /**
     * Goes through the letters that are there now.
     *
     * @param corrections what to read in place of a letter, by where it was found
     * @param isTrial whether only to tell, and to send nothing
     * @throws IllegalArgumentException when there is no letter for a correction; nothing is sent then
     */
    List<Outcome> run(Map<String, byte[]> corrections, boolean isTrial) {
        List<Letter> letters = letters();
        corrections.keySet().forEach(place -> {
            if (letters.stream().noneMatch(letter -> letter.foundAt().equals(place))) {
                throw new IllegalArgumentException("letter: " + place + " (expected: where one of " + events.deadTopic()
                        + " was found, as --list shows it)");
            }
        });
        List<Outcome> outcomes = new ArrayList<>();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                KafkaProperties.producer(kafka), new ByteArraySerializer(), new ByteArraySerializer())) {
            int partitions = producer.partitionsFor(events.topic()).size();
            for (Letter letter : letters) {
                byte[] value = corrections.getOrDefault(
                        letter.foundAt(), letter.message().value());
                outcomes.add(new Outcome(letter, replay(letter, value, partitions, isTrial ? null : producer)));
            }
        }
        return outcomes;
    }

    private String replay(
            Letter letter, byte @Nullable [] value, int partitions, @Nullable KafkaProducer<byte[], byte[]> producer) {
        RecordHeaders headers = new RecordHeaders(letter.message().headers());
        headers.remove(Decoder.JOURNAL)
                .add(Decoder.JOURNAL, text(letter.journal().toString()));
        headers.remove(Decoder.SEQUENCE).add(Decoder.SEQUENCE, text("0"));
        headers.remove(DeadLetters.REASON);
        ConsumerRecord<byte[], byte[]> message =
                new ConsumerRecord<>(events.topic(), 0, 0, letter.message().key(), value);
        headers.forEach(message.headers()::add);
        if (Decoder.decode(message) instanceof Decoded.Unreadable dead) {
            return dead.reason();
        }
        if (producer != null && value != null) {
            WorkspaceId workspace = workspace(EventJson.decode(value));
            int partition = PartitionChoice.of(workspace, partitions);
            send(producer, new ProducerRecord<>(events.topic(), partition, text(workspace.toString()), value, headers));
        }
        return "";
    }

    private static WorkspaceId workspace(Event event) {
        return switch (event) {
            case RequestEvent request -> request.caller().workspace();
            case BudgetCrossed crossed -> crossed.workspace();
            case Adjustment adjustment -> adjustment.caller().workspace();
        };
    }

    /** What lies in the topic when it is asked. */
    private List<Letter> letters() {
        List<Letter> letters = new ArrayList<>();
        Map<String, Object> properties = KafkaProperties.consumer(kafka, events);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(events.deadTopic()).stream()
                    .map(Replay::partition)
                    .toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL).forEach(message -> letters.add(Letter.of(message)));
            }
        }
        return letters;
    }

    private static TopicPartition partition(PartitionInfo info) {
        return new TopicPartition(info.topic(), info.partition());
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> message) {
        try {
            producer.send(message).get();
        } catch (ExecutionException failure) {
            throw new KafkaException("letter not sent: " + failure.getCause(), failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while sending a letter", interrupted);
        }
    }

    private static byte[] text(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }
}
