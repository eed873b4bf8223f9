package io.rateguard.proxy.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps segments ready for every journal, writes overflow to disk, and counts what is occupied: one thread. */
final class SegmentStorage implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(SegmentStorage.class);
    private static final long IDLE_NANOS = 100_000_000;
    private static final long OVERFLOWING_NANOS = 1_000_000;
    private static final long FAILING_NANOS = 500_000_000;

    private final List<SegmentSupply> supplies = new ArrayList<>();
    private final AtomicLong occupiedBytes = new AtomicLong();
    private final Thread thread = new Thread(this, "journal-storage");
    private final AtomicInteger overflowing = new AtomicInteger();
    private volatile boolean stopping;
    private volatile boolean failing;

    SegmentStorage() {
        thread.setDaemon(true);
    }

    /** Before {@link #start}. */
    SegmentSupply supply(JournalFolder folder, long segmentBytes) throws IOException {
        SegmentSupply supply = new SegmentSupply(this, folder, segmentBytes);
        supply.replenish();
        supplies.add(supply);
        return supply;
    }

    void start() {
        thread.start();
    }

    /** Whether the disk takes what is written: no failure, and nothing that is in memory only. */
    boolean isStoring() {
        return !failing && overflowing.get() == 0;
    }

    long occupiedBytes() {
        return occupiedBytes.get();
    }

    void occupied(long bytes) {
        occupiedBytes.addAndGet(bytes);
    }

    void freed(long bytes) {
        occupiedBytes.addAndGet(-bytes);
    }

    /** By an event loop that went on to another segment. */
    void taken(boolean overflow) {
        if (overflow) {
            overflowing.incrementAndGet();
        }
        LockSupport.unpark(thread);
    }

    @Override
    public void run() {
        while (!stopping) {
            replenish();
            LockSupport.parkNanos(failing ? FAILING_NANOS : overflowing.get() > 0 ? OVERFLOWING_NANOS : IDLE_NANOS);
        }
        replenish();
    }

    /** Stops after a last attempt to store what is in memory only; the segments that nobody took are given free. */
    void stop() throws InterruptedException {
        stopping = true;
        LockSupport.unpark(thread);
        thread.join();
        supplies.forEach(SegmentSupply::discardReady);
    }

    /** One round of the storage thread. */
    void replenish() {
        try {
            for (SegmentSupply each : supplies) {
                overflowing.addAndGet(-each.storeOverflow());
                if (!stopping) {
                    each.replenish();
                }
            }
            if (failing) {
                LOG.info("journal: the disk takes segments again");
                failing = false;
            }
        } catch (IOException | RuntimeException | OutOfMemoryError failure) {
            if (!failing) {
                LOG.error("journal: no segment can be stored, new requests are refused: {}", failure.toString());
                failing = true;
            }
        }
    }
}
