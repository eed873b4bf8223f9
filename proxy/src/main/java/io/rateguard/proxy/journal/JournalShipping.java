package io.rateguard.proxy.journal;

import io.rateguard.proxy.journal.EventShipping.RecordedEvent;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What of one journal is on its way, in order. Used by the shipper's thread only. */
final class JournalShipping {

    private static final int TAKEN_AT_ONCE = 256;

    private final JournalReading reading;
    private final Deque<Shipment> underWay = new ArrayDeque<>();
    private long underWayBytes;
    private boolean repeating;

    JournalShipping(Journal journal) {
        reading = new JournalReading(journal);
    }

    JournalReading reading() {
        return reading;
    }

    @Nullable
    Shipment oldest() {
        return underWay.peekFirst();
    }

    /** What has been taken from the journal and not been acknowledged. */
    long underWayBytes() {
        return underWayBytes;
    }

    /**
     * Moves the acknowledged position over everything that is acknowledged without a gap.
     *
     * @return whether it moved
     */
    boolean acknowledge() {
        long sequence = 0;
        for (Shipment each = underWay.peekFirst(); each != null && each.isAcknowledged(); each = underWay.peekFirst()) {
            sequence = each.event().sequence();
            underWayBytes -= each.bytes();
            underWay.removeFirst();
        }
        if (sequence > 0) {
            reading.journal().acknowledged().set(sequence);
        }
        reading.journal().tellAcknowledged();
        return sequence > 0;
    }

    /** Gives up the oldest segment and what of it is on its way, and moves the acknowledged position over it. */
    Dropped drop() throws IOException {
        JournalReading.Dropped segment = reading.drop();
        AcknowledgedSequence acknowledged = reading.journal().acknowledged();
        long events = Math.max(0, segment.lastSequence() - acknowledged.get());
        if (events > 0) {
            while (!underWay.isEmpty() && underWay.getFirst().event().sequence() <= segment.lastSequence()) {
                underWayBytes -= underWay.removeFirst().bytes();
            }
            acknowledged.set(segment.lastSequence());
        }
        return new Dropped(events, segment.bytes());
    }

    /** @param events that were not acknowledged; Kafka may have some of them all the same */
    record Dropped(long events, long bytes) {}

    /** From the first that is not acknowledged, everything is to be sent again. */
    void restart() {
        underWay.forEach(Shipment::notSent);
        repeating = !underWay.isEmpty();
    }

    /**
     * Sends again what has to be, then what is new, until the allowance is used up.
     *
     * @return whether anything was new
     */
    boolean send(Shipper.Sending sending, long allowedBytes, boolean unstoredToo) {
        if (repeating) {
            underWay.stream().filter(Shipment::isToSend).forEach(each -> send(sending, each));
            repeating = false;
        }
        long upTo = underWayBytes + allowedBytes;
        int taken = 0;
        while (taken < TAKEN_AT_ONCE && underWayBytes < upTo) {
            JournalRecord record = reading.next(unstoredToo);
            if (record == null) {
                break;
            }
            Shipment shipment = shipment(record);
            underWay.addLast(shipment);
            underWayBytes += shipment.bytes();
            taken++;
            send(sending, shipment);
        }
        return taken > 0;
    }

    private Shipment shipment(JournalRecord record) {
        RecordedEvent event = new RecordedEvent(
                reading.journal().id(), record.sequence(), record.partition(), record.workspace(), record.json());
        return new Shipment(event, record.writtenAtMillis());
    }

    private static void send(Shipper.Sending sending, Shipment shipment) {
        sending.send(shipment);
        shipment.sent();
    }
}
