package io.rateguard.alerts.intake;

import io.rateguard.alerts.evaluation.Reached;
import io.rateguard.domain.event.Adjustment;
import io.rateguard.domain.event.BudgetCrossed;
import io.rateguard.domain.event.EventJson;
import io.rateguard.domain.event.RequestEvent;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the crossings among the requests, of which there are many more and which are not read. */
final class CrossingReader {

    private static final Logger log = LoggerFactory.getLogger(CrossingReader.class);

    /** An event says what it is right behind its version. */
    private static final byte[] NAME = "\"budgetCrossed\"".getBytes(StandardCharsets.US_ASCII);

    private static final int WITHIN_BYTES = 64;

    private CrossingReader() {}

    static Optional<Reached> read(ConsumerRecord<byte[], byte[]> message) {
        if (!isCrossing(message.value())) {
            return Optional.empty();
        }
        try {
            return switch (EventJson.decode(message.value())) {
                case BudgetCrossed crossed -> Optional.of(Reached.of(crossed));
                case RequestEvent request -> Optional.empty();
                case Adjustment adjustment -> Optional.empty();
            };
        } catch (IllegalArgumentException unreadable) {
            log.warn(
                    "event at {}-{} offset {} is passed over: {}",
                    message.topic(),
                    message.partition(),
                    message.offset(),
                    unreadable.getMessage());
            return Optional.empty();
        }
    }

    private static boolean isCrossing(byte @Nullable [] value) {
        if (value == null) {
            return false;
        }
        int last = Math.min(value.length, WITHIN_BYTES) - NAME.length;
        for (int at = 0; at <= last; at++) {
            int i = 0;
            while (i < NAME.length && value[at + i] == NAME[i]) {
                i++;
            }
            if (i == NAME.length) {
                return true;
            }
        }
        return false;
    }
}
