package io.rateguard.proxy.journal;

import io.rateguard.domain.event.RequestEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The journals of this process: one for each event loop, and those that earlier runs left, until they are shipped. */
public final class Journals implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Journals.class);
    private static final Duration EXAMINER_ENDS_WITHIN = Duration.ofSeconds(1);

    private final JournalSettings settings;
    private final EventShipping shipping;
    private final Clock clock;
    private final DirectoryLock lock;
    private final SegmentStorage storage;
    private final List<Journal> journals;
    private final List<SegmentWriter> writers;
    private final List<Acknowledgements> acknowledgements = new ArrayList<>();
    private final Shipper shipper;
    private final Unsettled examination;
    private final Thread examiner;
    private boolean closed;

    private Journals(
            JournalSettings settings,
            EventShipping shipping,
            Clock clock,
            DirectoryLock lock,
            Consumer<RequestEvent> unsettled)
            throws IOException {
        this.settings = settings;
        this.shipping = shipping;
        this.clock = clock;
        this.lock = lock;
        storage = new SegmentStorage();
        journals = recovered();
        examination = new Unsettled(journals, unsettled);
        examiner = new Thread(examination, "journal-unsettled");
        examiner.setDaemon(true);
        writers = new ArrayList<>();
        for (int i = 0; i < settings.writers(); i++) {
            writers.add(begin());
        }
        shipper = new Shipper(journals, shipping, storage, settings, clock);
    }

    /**
     * Opens the directory (mode 0700, locked against a second process), recovers what an earlier run left, and starts
     * shipping.
     *
     * @param shipping closed together with the journals
     * @param unsettled given each event of earlier runs that may not have been settled, by a thread of its own, also
     *     after this method has returned; settling one again must be harmless
     * @throws UncheckedIOException when the directory cannot be used
     * @throws IllegalStateException when another process uses it
     */
    public static Journals open(JournalSettings settings, EventShipping shipping, Consumer<RequestEvent> unsettled) {
        return open(settings, shipping, unsettled, Clock.systemUTC());
    }

    static Journals open(
            JournalSettings settings, EventShipping shipping, Consumer<RequestEvent> unsettled, Clock clock) {
        Journals journals = prepare(settings, shipping, unsettled, clock);
        journals.storage.start();
        journals.shipper.start();
        journals.examiner.start();
        return journals;
    }

    /** Opens and recovers, and starts no thread: tests do their work by hand. */
    static Journals prepare(
            JournalSettings settings, EventShipping shipping, Consumer<RequestEvent> unsettled, Clock clock) {
        try {
            DirectoryLock lock = DirectoryLock.take(settings.directory());
            try {
                return new Journals(settings, shipping, clock, lock, unsettled);
            } catch (IOException | RuntimeException | Error failure) {
                lock.close();
                throw failure;
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("journal directory " + settings.directory() + ": " + failure, failure);
        }
    }

    /** The writer of the event loop with this index, from 0. */
    public JournalWriter writer(int index) {
        return writers.get(index);
    }

    /** Whether new requests may be admitted. Requests admitted before are still recorded when it is false. */
    public boolean hasRoom() {
        return obstacle().isEmpty();
    }

    /** What keeps new requests from being recorded; empty if nothing does. */
    public String obstacle() {
        if (!storage.isStoring()) {
            return "the disk takes no more";
        }
        if (storage.occupiedBytes() >= settings.capBytes()) {
            return "full";
        }
        return settings.ack() == Ack.KAFKA && !shipper.status().shipping() ? "Kafka does not acknowledge" : "";
    }

    /** Whether all that earlier runs left has been acknowledged by Kafka. */
    public boolean leftIsShipped() {
        return journals.stream()
                .filter(Journal::isLeft)
                .allMatch(each -> each.acknowledged().get() >= each.written());
    }

    /** Whether all that earlier runs may not have settled has been told. */
    public boolean leftIsExamined() {
        return journals.stream().allMatch(Journal::isExamined);
    }

    public JournalState state() {
        Shipper.Status status = shipper.status();
        long unshipped = 0;
        for (Journal each : journals) {
            unshipped += Math.max(0, each.written() - each.acknowledged().get());
        }
        long oldestMillis = Math.max(0, clock.millis() - status.oldestMillis());
        return new JournalState(
                storage.occupiedBytes(),
                settings.capBytes(),
                shipper.dropped(),
                acknowledgements.stream()
                        .mapToLong(Acknowledgements::unacknowledged)
                        .sum(),
                unshipped,
                Duration.ofMillis(unshipped == 0 ? 0 : oldestMillis),
                status.shipping(),
                status.since(),
                storage.isStoring());
    }

    /**
     * Ships what it can within the close timeout, leaves the rest on disk, and closes the shipping. No writer may be
     * used any more.
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            storage.stop();
            shipper.close(settings.closeTimeout());
            examiner.interrupt();
            examiner.join(EXAMINER_ENDS_WITHIN.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        shipping.close();
        long left = state().unshippedRecords();
        if (left > 0) {
            LOG.warn("journal: {} events stay on disk and are shipped by the next run", left);
        }
        shipper.release();
        lock.close();
    }

    private List<Journal> recovered() throws IOException {
        List<Journal> recovered = new ArrayList<>();
        for (JournalFolder each : JournalFolder.left(settings.directory())) {
            Optional<Journal> journal = Recovery.of(each, clock);
            journal.ifPresent(recovered::add);
        }
        for (Journal each : recovered) {
            for (Segment segment = each.first(); segment != null; segment = segment.next()) {
                storage.occupied(segment.bytes());
            }
        }
        return recovered;
    }

    private SegmentWriter begin() throws IOException {
        JournalFolder folder = JournalFolder.create(settings.directory(), UUID.randomUUID());
        SegmentSupply supply = storage.supply(folder, settings.segmentBytes());
        Segment first = supply.take(1);
        Acknowledgements waiting = new Acknowledgements(settings, System::nanoTime, this::wakeShipper);
        Journal journal = Journal.begun(folder, AcknowledgedSequence.open(folder.acknowledged()), waiting, first);
        acknowledgements.add(waiting);
        journals.add(journal);
        return new SegmentWriter(journal, waiting, first, supply, shipping.partitions(), clock);
    }

    private void wakeShipper() {
        shipper.wake();
    }

    SegmentStorage storage() {
        return storage;
    }

    Shipper shipper() {
        return shipper;
    }

    Runnable examination() {
        return examination;
    }
}
