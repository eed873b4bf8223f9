package io.rateguard.standalone.part;

import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Starts parts again that die, each on a thread of its own, until told to stop. */
public final class Supervisor {

    private final InstantSource clock;
    private final PrintStream out;
    private final Consumer<Part> returned;
    private final CountDownLatch stopping = new CountDownLatch(1);

    /** @param returned is told of a part that is ready again, with a new process id */
    public Supervisor(InstantSource clock, PrintStream out, Consumer<Part> returned) {
        this.clock = clock;
        this.out = out;
        this.returned = returned;
    }

    /** Watches a part that is ready now. */
    public void watch(Part part) {
        Thread.ofPlatform().daemon().name("watch-" + part.name()).start(() -> keepRunning(part));
    }

    /** From now on, what ends stays ended. */
    public void stop() {
        stopping.countDown();
    }

    private void keepRunning(Part part) {
        RestartDelay delays = new RestartDelay();
        long readyMillis = clock.millis();
        while (awaitEnd(part)) {
            Duration delay = delays.after(Duration.ofMillis(clock.millis() - readyMillis));
            out.println(part.name() + " has ended unexpectedly; starting it again in " + delay.toSeconds() + " s");
            while (!stops(delay) && !isBack(part)) {
                delay = delays.after(Duration.ZERO);
                out.println("Trying again in " + delay.toSeconds() + " s");
            }
            readyMillis = clock.millis();
        }
    }

    private boolean isBack(Part part) {
        try {
            part.start();
            out.println(part.name() + " is back (process " + part.process().pid() + ")");
            returned.accept(part);
            return true;
        } catch (RuntimeException failed) {
            if (stopping.getCount() > 0) {
                out.println(failed.getMessage());
            }
            return false;
        }
    }

    /** False when the product is being stopped. */
    private boolean awaitEnd(Part part) {
        while (part.isRunning()) {
            if (stops(Duration.ofMillis(100))) {
                return false;
            }
        }
        return stopping.getCount() > 0;
    }

    private boolean stops(Duration within) {
        try {
            return stopping.await(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
