package io.rateguard.proxy.journal;

import io.rateguard.proxy.journal.EventShipping.RecordedEvent;

/** A closed record between the journal and its acknowledgement. */
final class Shipment {

    private final RecordedEvent event;
    private final long writtenAtMillis;
    private boolean sent;
    private volatile boolean acknowledged;

    Shipment(RecordedEvent event, long writtenAtMillis) {
        this.event = event;
        this.writtenAtMillis = writtenAtMillis;
    }

    RecordedEvent event() {
        return event;
    }

    long writtenAtMillis() {
        return writtenAtMillis;
    }

    int bytes() {
        return event.json().length;
    }

    boolean isToSend() {
        return !sent && !acknowledged;
    }

    void sent() {
        sent = true;
    }

    void notSent() {
        sent = false;
    }

    boolean isAcknowledged() {
        return acknowledged;
    }

    /** By any thread; also late, after a restart: what is kept is kept. */
    void acknowledged() {
        acknowledged = true;
    }
}
