package io.rateguard.analytics.intake;

import io.rateguard.analytics.table.Provenance;
import io.rateguard.domain.event.Adjustment;
import io.rateguard.domain.event.RequestEvent;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What a message turned out to be. */
sealed interface Decoded {

    record Request(RequestEvent event, Provenance provenance) implements Decoded {}

    record Correction(Adjustment adjustment, Provenance provenance) implements Decoded {}

    /** Something that belongs to others: it counts for its journal's marks and leaves no row. */
    record Passed(Provenance provenance) implements Decoded {}

    record Unreadable(ConsumerRecord<byte[], byte[]> message, String reason) implements Decoded {}
}
