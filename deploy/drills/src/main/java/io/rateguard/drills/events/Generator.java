package io.rateguard.drills.events;

import io.rateguard.bed.DrawnEvents;
import io.rateguard.bed.SentJournal;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.WorkspaceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Sends events by journals of its own, at a pace, and keeps a receipt of each; its journals die as proxies do. */
final class Generator implements AutoCloseable {

    private static final int JOURNALS = 4;
    private static final long TICK_NANOS = 10_000_000;

    private final List<SentJournal> journals = new ArrayList<>();
    private final DrawnEvents events;
    private final Random random;
    private final int least;
    private final int perTick;
    private final int oneDeathOf;
    private final Map<WorkspaceId, Sums> receipts = new HashMap<>();
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    private final Thread thread = new Thread(this::run, "generator");
    private final AtomicInteger sent = new AtomicInteger();
    private volatile boolean stopping;
    private int deaths;
    private long sentAgain;

    Generator(String bootstrapServers, Scale scale, Random random) {
        this.random = random;
        events = new DrawnEvents(random);
        least = scale.events();
        perTick =
                Math.max(1, (int) (scale.events() * TICK_NANOS / scale.sending().toNanos()));
        oneDeathOf = scale.events() / (JOURNALS * scale.killsOfEach());
        for (int i = 0; i < JOURNALS; i++) {
            journals.add(new SentJournal(bootstrapServers, new UUID(random.nextLong(), random.nextLong())));
        }
    }

    void start() {
        thread.start();
    }

    /** How many events it has made so far. */
    int sent() {
        RuntimeException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
        return sent.get();
    }

    /** Returns when Kafka has at least as many as it was to send. */
    void finish() throws InterruptedException {
        stopping = true;
        thread.join();
        sent();
        journals.forEach(SentJournal::finish);
    }

    /** What each workspace's events add up to. */
    Map<WorkspaceId, Sums> receipts() {
        return receipts;
    }

    /** How often one of its journals died. */
    int deaths() {
        return deaths;
    }

    /** Events that Kafka had already when a journal sent them again, at least. */
    long sentAgain() {
        return sentAgain;
    }

    @Override
    public void close() {
        stopping = true;
        thread.interrupt();
        journals.forEach(SentJournal::close);
    }

    private void run() {
        try {
            while (!stopping || sent.get() < least) {
                long started = System.nanoTime();
                for (int i = 0; i < perTick; i++) {
                    sendOne();
                }
                LockSupport.parkNanos(TICK_NANOS - (System.nanoTime() - started));
            }
        } catch (RuntimeException failed) {
            failure.set(failed);
        }
    }

    private void sendOne() {
        RequestEvent event = events.next();
        SentJournal journal = journals.get(random.nextInt(JOURNALS));
        journal.send(event);
        receipts.merge(event.caller().workspace(), new Sums(1, event.metering().costNanos()), Sums::plus);
        sent.incrementAndGet();
        if (random.nextInt(oneDeathOf) == 0) {
            sentAgain += journal.dieAndSendAgain();
            deaths++;
        }
    }
}
