package io.rateguard.proxy.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the closed records of all journals, each in its order; at the first failure it stops, starts the shipping
 * afresh and goes on from the first record that is not acknowledged. It also gives segments free: one thread.
 */
final class Shipper implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Shipper.class);
    private static final long UNDER_WAY_BYTES = 8 << 20;
    private static final long IDLE_NANOS = 2_000_000;
    private static final long QUIET_NANOS = 10_000_000;
    private static final int QUIET_AFTER_PASSES = 100;
    private static final long FREE_EVERY_NANOS = 100_000_000;
    private static final long FIRST_WAIT_NANOS = 50_000_000;
    private static final long LONGEST_WAIT_NANOS = 2_000_000_000L;
    private static final long SILENT_NANOS = 5_000_000_000L;

    private final EventShipping shipping;
    private final SegmentStorage storage;
    private final long pressedBytes;
    private final long dropAboveBytes;
    private final boolean awaited;
    private final Clock clock;
    private final Thread thread = new Thread(this, "journal-shipper");
    private final List<JournalShipping> journals = new ArrayList<>();
    private final AtomicReference<@Nullable Failure> failure = new AtomicReference<>();
    private volatile int round;
    private volatile boolean closing;
    private volatile boolean ending;
    private volatile Status status;

    private long waitNanos = FIRST_WAIT_NANOS;
    private long waitUntilNanos = System.nanoTime();
    private long lastHeardNanos = System.nanoTime();
    private long freeAtNanos = System.nanoTime();
    private boolean freeFailing;
    private boolean dropping;
    private volatile long dropped;

    Shipper(
            List<Journal> journals,
            EventShipping shipping,
            SegmentStorage storage,
            JournalSettings settings,
            Clock clock) {
        journals.forEach(each -> this.journals.add(new JournalShipping(each)));
        this.shipping = shipping;
        this.storage = storage;
        this.pressedBytes = settings.capBytes() / 2;
        this.dropAboveBytes = settings.dropAboveBytes();
        this.awaited = settings.ack() == Ack.KAFKA;
        this.clock = clock;
        this.status = new Status(true, clock.instant(), Long.MAX_VALUE);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    Status status() {
        return status;
    }

    /** Makes it look now. */
    void wake() {
        LockSupport.unpark(thread);
    }

    /** How many events have been given up for want of room. */
    long dropped() {
        return dropped;
    }

    /** Ends once all is shipped, or when the time is over. No writer may write any more. */
    void close(Duration timeout) throws InterruptedException {
        closing = true;
        LockSupport.unpark(thread);
        thread.join(timeout.toMillis() + 1);
        ending = true;
        thread.interrupt();
        thread.join();
    }

    /** Removes the journals that are done with, and gives the memory of the others free; after {@link #close}. */
    void release() {
        for (JournalShipping each : journals) {
            JournalReading reading = each.reading();
            try {
                if (reading.isDone()) {
                    reading.remove();
                } else {
                    reading.unmap();
                }
            } catch (IOException | UncheckedIOException failed) {
                LOG.warn("journal {} cannot be removed: {}", reading.journal().id(), failed.toString());
            }
        }
    }

    @Override
    public void run() {
        int idlePasses = 0;
        while (!ending) {
            idlePasses = pass() ? 0 : idlePasses + 1;
            if (closing && isAllShipped()) {
                return;
            }
            if (idlePasses > 0) {
                LockSupport.parkNanos(closing || idlePasses < QUIET_AFTER_PASSES ? IDLE_NANOS : QUIET_NANOS);
            }
        }
    }

    /** One round of the shipper's thread. */
    boolean pass() {
        boolean heard = acknowledge();
        Failure told = failure.getAndSet(null);
        if (told != null && told.round == round) {
            startAfresh(told.cause);
        }
        boolean sent = false;
        if (System.nanoTime() - waitUntilNanos >= 0) {
            try {
                sent = send();
            } catch (RuntimeException notTaken) {
                startAfresh(notTaken);
            }
        }
        report();
        if (System.nanoTime() - freeAtNanos >= 0) {
            free();
            freeAtNanos = System.nanoTime() + FREE_EVERY_NANOS;
        }
        return heard || sent;
    }

    private boolean acknowledge() {
        boolean heard = false;
        for (JournalShipping each : journals) {
            heard |= each.acknowledge();
        }
        if (heard) {
            waitNanos = FIRST_WAIT_NANOS;
        }
        if (heard || underWayBytes() == 0) {
            lastHeardNanos = System.nanoTime();
        }
        return heard;
    }

    private boolean send() {
        Sending sending = new Sending(round);
        boolean sent = false;
        for (JournalShipping each : journals) {
            sent |= each.send(sending, UNDER_WAY_BYTES - underWayBytes(), closing);
        }
        return sent;
    }

    private long underWayBytes() {
        long bytes = 0;
        for (JournalShipping each : journals) {
            bytes += each.underWayBytes();
        }
        return bytes;
    }

    private void failed(int of, Exception cause) {
        if (of == round) {
            failure.set(new Failure(of, cause));
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // only the shipping thread counts rounds; others read
    private void startAfresh(Exception cause) {
        round++;
        say(false, cause);
        shipping.restart();
        journals.forEach(JournalShipping::restart);
        waitUntilNanos = System.nanoTime() + waitNanos;
        waitNanos = Math.min(2 * waitNanos, LONGEST_WAIT_NANOS);
    }

    private void report() {
        boolean silent = System.nanoTime() - lastHeardNanos > SILENT_NANOS;
        if (silent) {
            say(false, null);
        } else if (waitNanos == FIRST_WAIT_NANOS) {
            say(true, null);
        }
        long oldest = Long.MAX_VALUE;
        for (JournalShipping each : journals) {
            Shipment first = each.oldest();
            if (first != null) {
                oldest = Math.min(oldest, first.writtenAtMillis());
            }
        }
        if (oldest != status.oldestMillis) {
            status = new Status(status.shipping, status.since, oldest);
        }
    }

    private void say(boolean ships, @Nullable Exception cause) {
        if (ships == status.shipping) {
            return;
        }
        status = new Status(ships, clock.instant(), status.oldestMillis);
        if (ships) {
            LOG.info("journal: events are shipped again");
        } else {
            LOG.warn(
                    "journal: events are not shipped, they are kept on disk: {}",
                    cause == null ? "no acknowledgement" : cause.toString());
        }
    }

    void free() {
        try {
            freeWhatIsDone();
            while (storage.occupiedBytes() > dropAboveBytes && dropOldest()) {
                freeWhatIsDone();
            }
            if (dropping && storage.occupiedBytes() <= pressedBytes) {
                dropping = false;
                LOG.warn("journal: there is room again; {} events were given up since the start", dropped);
            }
            freeFailing = false;
        } catch (IOException | RuntimeException problem) {
            if (!freeFailing) {
                LOG.error("journal: segments cannot be given free: {}", problem.toString());
            }
            freeFailing = true;
        }
    }

    private void freeWhatIsDone() throws IOException {
        boolean pressed = storage.occupiedBytes() > pressedBytes;
        for (Iterator<JournalShipping> each = journals.iterator(); each.hasNext(); ) {
            JournalReading reading = each.next().reading();
            if (reading.isEnded() && reading.isDone()) {
                storage.freed(reading.remove());
                each.remove();
            } else {
                storage.freed(reading.free(clock.millis(), pressed));
            }
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // only the shipping thread counts; others read
    private boolean dropOldest() throws IOException {
        Optional<JournalShipping> oldest = journals.stream()
                .filter(each -> each.reading().isDroppable())
                .min(Comparator.comparingLong(each -> each.reading().begunAtMillis()));
        if (oldest.isEmpty()) {
            return false;
        }
        if (!dropping) {
            dropping = true;
            LOG.error("journal: full, the oldest events are given up until there is room again");
        }
        JournalShipping.Dropped given = oldest.get().drop();
        storage.freed(given.bytes());
        dropped += given.events();
        return true;
    }

    private boolean isAllShipped() {
        return journals.stream()
                .map(each -> each.reading().journal())
                .allMatch(each -> each.acknowledged().get() >= each.written());
    }

    /** @param oldestMillis when the oldest record under way was written; the far future when there is none */
    record Status(boolean shipping, Instant since, long oldestMillis) {}

    private record Failure(int round, Exception cause) {}

    /** Hands shipments over; what is told of an earlier round than the present is no failure of this one. */
    final class Sending {
        private final int of;

        private Sending(int of) {
            this.of = of;
        }

        void send(Shipment shipment) {
            shipping.send(shipment.event(), failed -> {
                if (failed == null) {
                    shipment.acknowledged();
                    if (awaited) {
                        wake();
                    }
                } else {
                    failed(of, failed);
                }
            });
        }
    }
}
