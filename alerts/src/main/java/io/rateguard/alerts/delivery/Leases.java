package io.rateguard.alerts.delivery;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The deliveries that this process is handing over: their leases are renewed as long as that takes, so that they can be
 * short, and others go on soon with what a process had in its hands that died.
 */
final class Leases implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Leases.class);

    /** All but one may fail before one runs out. */
    private static final int RENEWALS = 6;

    private final Outbox outbox;
    private final Duration every;
    private final Set<Delivery> held = new HashSet<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("leases").factory());

    Leases(Outbox outbox, Duration lease) {
        this.outbox = outbox;
        this.every = lease.dividedBy(RENEWALS);
    }

    void start() {
        var _ = timer.scheduleWithFixedDelay(this::renew, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Until it is closed; afterwards nothing is renewed any more. */
    synchronized Lease hold(Delivery delivery) {
        held.add(delivery);
        return () -> letGo(delivery);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private synchronized void letGo(Delivery delivery) {
        held.remove(delivery);
    }

    private synchronized void renew() {
        try {
            held.forEach(outbox::renew);
        } catch (RuntimeException | Error outage) {
            log.debug("leases are renewed later: {}", outage.toString());
        }
    }

    /** Of one delivery. */
    interface Lease extends AutoCloseable {

        @Override
        void close();
    }
}
