package io.rateguard.analytics.intake;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * A dead letter as it lies in its topic, where the same one may lie twice.
 *
 * @param foundAt topic, partition and offset of the message that could not be read, as {@code topic:partition:offset}
 */
record Letter(ConsumerRecord<byte[], byte[]> message, String foundAt, String reason) {

    static Letter of(ConsumerRecord<byte[], byte[]> message) {
        return new Letter(message, header(message, DeadLetters.FOUND_AT), header(message, DeadLetters.REASON));
    }

    /**
     * The journal that has this letter alone. It is the same whenever the letter is replayed, corrected or not, and for
     * all that a journal sent twice, so that the intake takes in one of them; the time tells a topic that was made anew
     * from the one before.
     */
    UUID journal() {
        String sentAs = header(message, DeadLetters.SENT_AS);
        String name = sentAs.isEmpty() ? foundAt + " " + header(message, DeadLetters.SENT_AT) : sentAs;
        return UUID.nameUUIDFromBytes(("dead-letter " + name).getBytes(StandardCharsets.UTF_8));
    }

    private static String header(ConsumerRecord<byte[], byte[]> message, String name) {
        Header header = message.headers().lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
