package io.rateguard.proxy.journal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Holds what is sent until told to keep, to lose, or to fail it. */
final class FakeShipping implements EventShipping {

    private final SharedTopic topic;
    private final Deque<Sent> held = new ArrayDeque<>();
    private boolean keepsAtOnce;
    private boolean refuses;
    private boolean failed;
    private int restarts;

    private FakeShipping(SharedTopic topic, boolean keepsAtOnce) {
        this.topic = topic;
        this.keepsAtOnce = keepsAtOnce;
    }

    static FakeShipping keeping(SharedTopic topic) {
        return new FakeShipping(topic, true);
    }

    static FakeShipping holding(SharedTopic topic) {
        return new FakeShipping(topic, false);
    }

    @Override
    public int partitions() {
        return 3;
    }

    @Override
    public synchronized void send(RecordedEvent event, Acknowledgement acknowledgement) {
        if (refuses) {
            throw new ShippingException("refused", new IllegalStateException("told to"));
        }
        if (failed) {
            return;
        }
        held.add(new Sent(event, acknowledgement));
        if (keepsAtOnce) {
            keep(held.size());
        }
    }

    /** Keeps the oldest of what is held, and says so. */
    synchronized void keep(int count) {
        for (int i = 0; i < count && !held.isEmpty(); i++) {
            Sent sent = held.remove();
            topic.add(sent.event);
            sent.acknowledgement.told(null);
        }
    }

    /** Keeps without saying so, and fails the next; the rest is dropped. */
    synchronized void keepSilentlyAndFail(int count) {
        for (int i = 0; i < count && held.size() > 1; i++) {
            topic.add(held.remove().event);
        }
        if (!held.isEmpty()) {
            failed = true;
            Sent first = held.remove();
            held.clear();
            first.acknowledgement.told(new IllegalStateException("told to fail"));
        }
    }

    synchronized void keepFromNowOn() {
        keepsAtOnce = true;
        refuses = false;
        keep(held.size());
    }

    synchronized void refuse() {
        refuses = true;
    }

    synchronized int held() {
        return held.size();
    }

    synchronized int restarts() {
        return restarts;
    }

    @Override
    public synchronized void restart() {
        restarts++;
        failed = false;
        held.clear();
    }

    @Override
    public synchronized void close() {
        held.clear();
    }

    private record Sent(RecordedEvent event, Acknowledgement acknowledgement) {}

    /** What was kept, over all runs. */
    static final class SharedTopic {
        private final List<RecordedEvent> events = new ArrayList<>();

        synchronized void add(RecordedEvent event) {
            events.add(event);
        }

        synchronized List<RecordedEvent> events() {
            return List.copyOf(events);
        }
    }
}
