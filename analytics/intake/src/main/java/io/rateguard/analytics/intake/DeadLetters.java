package io.rateguard.analytics.intake;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Puts what cannot be read aside, with the reason, where and when it was found first, and its place in its journal, so
 * that it can be replayed. One
 * that was replayed and still cannot be read keeps where it was found first.
 */
final class DeadLetters implements AutoCloseable {

    static final String REASON = "reason";
    static final String FOUND_AT = "found-at";
    static final String SENT_AT = "sent-at";

    /** Its place in a journal, {@code journal:sequence}; empty when it had none that could be read. */
    static final String SENT_AS = "sent-as";

    private final Producer<byte[], byte[]> producer;
    private final String topic;

    DeadLetters(Map<String, Object> properties, String topic) {
        this.producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        this.topic = topic;
    }

    /** Returns when all of them are safe. */
    void bury(List<Decoded.Unreadable> letters) {
        List<Future<?>> sent = new ArrayList<>();
        for (Decoded.Unreadable letter : letters) {
            sent.add(producer.send(record(letter)));
        }
        for (Future<?> each : sent) {
            await(each);
        }
    }

    @Override
    public void close() {
        producer.close();
    }

    private ProducerRecord<byte[], byte[]> record(Decoded.Unreadable letter) {
        ConsumerRecord<byte[], byte[]> message = letter.message();
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, null, message.key(), message.value(), message.headers());
        Headers headers = record.headers();
        headers.remove(REASON).add(REASON, letter.reason().getBytes(StandardCharsets.UTF_8));
        if (headers.lastHeader(FOUND_AT) == null) {
            String place = message.topic() + ":" + message.partition() + ":" + message.offset();
            headers.add(FOUND_AT, place.getBytes(StandardCharsets.UTF_8));
            headers.add(SENT_AT, Long.toString(message.timestamp()).getBytes(StandardCharsets.UTF_8));
            headers.add(SENT_AS, Decoder.sentAs(message).getBytes(StandardCharsets.UTF_8));
        }
        return record;
    }

    private static void await(Future<?> sent) {
        try {
            sent.get();
        } catch (ExecutionException failure) {
            throw new KafkaException("dead letter not sent: " + failure.getCause(), failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while sending a dead letter", interrupted);
        }
    }
}
