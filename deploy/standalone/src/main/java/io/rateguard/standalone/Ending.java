package io.rateguard.standalone;

import io.rateguard.standalone.data.DataDir;
import io.rateguard.standalone.part.Part;
import io.rateguard.standalone.part.Supervisor;
import io.rateguard.standalone.training.StartCaches;
import io.rateguard.standalone.training.Training;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Stops everything within 15 seconds, whatever state it is in: services first, together, then the servers one after the
 * other. What does not end in time is ended by force.
 */
final class Ending {

    private static final Duration SERVICES_WITHIN = Duration.ofSeconds(11);
    private static final Duration ALL_WITHIN = Duration.ofMillis(13_500);
    private static final Duration STRAY_WITHIN = Duration.ofMillis(800);

    private final PrintStream out;
    private final DataDir data;
    private final StartCaches caches;
    private final List<Part> services = new CopyOnWriteArrayList<>();
    private final List<Part> servers = new CopyOnWriteArrayList<>();
    private volatile @Nullable Supervisor supervisor;
    private volatile @Nullable Training training;
    private volatile boolean atOnce;
    private volatile int status;
    private volatile boolean begun;

    Ending(PrintStream out, DataDir data, StartCaches caches) {
        this.out = out;
        this.data = data;
        this.caches = caches;
    }

    void stopFirst(Part service) {
        services.add(service);
    }

    /** After all services, and after the servers named before. */
    void thenStop(Part server) {
        servers.add(server);
    }

    void supervisedBy(Supervisor watching) {
        supervisor = watching;
    }

    /** Whether the product is being stopped: what fails from now on fails because of that. */
    boolean hasBegun() {
        return begun;
    }

    /** Before anything else: it takes processor time. */
    void stopBefore(Training running) {
        training = running;
    }

    /** Whether the processes are ended without waiting for any of them. */
    void atOnce(boolean yes) {
        atOnce = yes;
    }

    /** The start has failed: the JVM will say so by its status. */
    void failed() {
        status = 1;
    }

    /** The body of the JVM's shutdown hook; it ends the JVM, so that nothing new is started meanwhile. */
    void run() {
        begun = true;
        if (atOnce) {
            below().forEach(ProcessHandle::destroyForcibly);
            Runtime.getRuntime().halt(1);
        }
        if (status == 0) {
            out.println("Stopping…");
        }
        Training running = training;
        if (running != null) {
            running.close();
        }
        Supervisor watching = supervisor;
        if (watching != null) {
            watching.stop();
        }
        Thread.ofPlatform().daemon().start(this::forceWhenLate);
        try {
            Together.run(services.stream()
                    .<Runnable>map(service -> () -> service.stop(caches.within(SERVICES_WITHIN)))
                    .toArray(Runnable[]::new));
            servers.forEach(server -> server.stop(caches.within(ALL_WITHIN)));
        } catch (RuntimeException failed) {
            out.println(failed.getMessage());
            status = 1;
        } finally {
            endStrays();
            if (status == 0) {
                out.println("Stopped.");
            }
            out.flush();
            data.close();
            Runtime.getRuntime().halt(status);
        }
    }

    private void forceWhenLate() {
        try {
            TimeUnit.MILLISECONDS.sleep(caches.within(ALL_WITHIN).toMillis());
            below().forEach(ProcessHandle::destroyForcibly);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** What was still being started. */
    private static void endStrays() {
        List<ProcessHandle> strays = new ArrayList<>(below());
        strays.forEach(ProcessHandle::destroy);
        long deadline = System.nanoTime() + STRAY_WITHIN.toNanos();
        while (strays.stream().anyMatch(ProcessHandle::isAlive) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(10_000_000);
        }
        strays.stream().filter(ProcessHandle::isAlive).forEach(ProcessHandle::destroyForcibly);
    }

    private static List<ProcessHandle> below() {
        return ProcessHandle.current().descendants().toList();
    }
}
