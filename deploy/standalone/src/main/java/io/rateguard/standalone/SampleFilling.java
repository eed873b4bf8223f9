package io.rateguard.standalone;

import io.rateguard.standalone.data.DataDir;
import io.rateguard.standalone.data.Secrets;
import io.rateguard.standalone.part.RestartDelay;
import io.rateguard.standalone.sample.SampleWorkspace;
import io.rateguard.standalone.setup.ManagementApi;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Fills the workspace {@code sample} beside the running product, so that nobody waits for it. What fails is tried again
 * until the product stops; what its end interrupts is taken up at the next start.
 */
final class SampleFilling {

    /** Whoever tries the printed request at once should not share the machine with this. */
    private static final Duration FIRST_REQUEST_GOES_FIRST = Duration.ofSeconds(5);

    private final SampleWorkspace sample;
    private final Runnable makeWorkspace;
    private final Consumer<Path> doJob;
    private final BooleanSupplier stopping;
    private final PrintStream out;

    /**
     * @param makeWorkspace makes the workspace itself, if it is missing
     * @param doJob sends the history of the job that is written in a file
     * @param stopping whether the product is being stopped: what fails then fails because of that
     */
    SampleFilling(
            SampleWorkspace sample,
            Runnable makeWorkspace,
            Consumer<Path> doJob,
            BooleanSupplier stopping,
            PrintStream out) {
        this.sample = sample;
        this.makeWorkspace = makeWorkspace;
        this.doJob = doJob;
        this.stopping = stopping;
        this.out = out;
    }

    static SampleFilling of(
            Services services, DataDir data, UpPorts ports, Secrets secrets, Ending ending, PrintStream out) {
        SampleWorkspace sample = new SampleWorkspace(
                new ManagementApi(ports.consoleUrl(), SampleWorkspace.SLUG, secrets.sampleToken()),
                data,
                InstantSource.system(),
                ports.demoUrl(),
                secrets.password("demoUpstream"));
        return new SampleFilling(
                sample,
                () -> services.sampleBootstrap().run(),
                job -> services.sampleHistory(job).run(),
                ending::hasBegun,
                out);
    }

    /** Returns at once. */
    void start() {
        Thread.ofPlatform().daemon().name("sample").start(this::untilDone);
    }

    /** One try; whether it leaves nothing to do. */
    boolean isDone() {
        try {
            if (!sample.isFilled()) {
                makeWorkspace.run();
                doJob.accept(sample.prepareJob());
                sample.filled();
                out.println("The workspace sample is filled.");
            }
            sample.followUpstream();
            return true;
        } catch (RuntimeException failed) {
            if (!stopping.getAsBoolean()) {
                out.println(failed.getMessage());
            }
            return false;
        }
    }

    private void untilDone() {
        RestartDelay delays = new RestartDelay();
        boolean goesOn = waited(FIRST_REQUEST_GOES_FIRST);
        while (goesOn && !isDone() && !stopping.getAsBoolean()) {
            Duration delay = delays.after(Duration.ZERO);
            out.println("Trying again to fill the workspace sample in " + delay.toSeconds() + " s");
            goesOn = waited(delay);
        }
    }

    private static boolean waited(Duration delay) {
        try {
            TimeUnit.MILLISECONDS.sleep(delay.toMillis());
            return true;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
