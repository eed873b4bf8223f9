package io.rateguard.proxy.journal;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What waits until Kafka has the events of one journal. One loop adds, in the order of its events; the shipper tells.
 * Nothing waits longer than the timeout: what was paid for is handed over all the same, and counted.
 */
final class Acknowledgements {

    private static final Logger LOG = LoggerFactory.getLogger(Acknowledgements.class);

    private final JournalSettings settings;
    private final LongSupplier nanoTime;
    private final Runnable wake;
    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
    private final LongAdder unacknowledged = new LongAdder();

    /** @param wake makes the shipper look */
    Acknowledgements(JournalSettings settings, LongSupplier nanoTime, Runnable wake) {
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.wake = wake;
    }

    boolean atOnce() {
        return settings.ack() == Ack.LOCAL;
    }

    /** Runs the task once the event of this sequence is recorded in the sense of the settings: here and now, or later. */
    void then(long sequence, Executor loop, Runnable task) {
        if (atOnce()) {
            task.run();
            return;
        }
        waiting.add(new Waiting(
                sequence, nanoTime.getAsLong() + settings.ackTimeout().toNanos(), loop, task));
        wake.run();
    }

    /** Runs what waits for events that are acknowledged by now, and what has waited long enough. */
    void tell(long acknowledgedSequence) {
        for (Waiting first = waiting.peek(); first != null; first = waiting.peek()) {
            boolean acknowledged = first.sequence <= acknowledgedSequence;
            if (!acknowledged && nanoTime.getAsLong() - first.untilNanos < 0) {
                return;
            }
            if (!acknowledged) {
                unacknowledged.increment();
            }
            waiting.remove();
            first.run();
        }
    }

    /** How many have waited in vain. */
    long unacknowledged() {
        return unacknowledged.sum();
    }

    private record Waiting(long sequence, long untilNanos, Executor loop, Runnable task) {
        void run() {
            try {
                loop.execute(task);
            } catch (RejectedExecutionException stopped) {
                LOG.debug("event {}: its loop has stopped", sequence);
            }
        }
    }
}
