package io.rateguard.standalone.training;

import io.rateguard.standalone.StandaloneException;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the AOT caches of a product: starts it once as a process of its own, on free ports and on data that is thrown
 * away, and lets each JVM write its cache when it ends. Nothing of the user's settings or data takes part.
 */
public final class Training implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Training.class);

    /** As the script starts the launcher: a cache fits only a JVM that is set up alike. */
    private static final List<String> LAUNCHER = List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    /** Takes what nobody else wants of the processors. */
    private static final List<String> MODESTLY = List.of("nice", "-n", "19");

    /** A second product beside the first. */
    private static final long NEEDED_BYTES = 4L << 30;

    /** Someone waits for it. */
    private static final Duration DONE_WITHIN = Duration.ofMinutes(5);

    private static final Duration DONE_IN_BACKGROUND_WITHIN = Duration.ofMinutes(30);

    private final Path product;
    private final Path kept;
    private final Path fresh;
    private @Nullable Process recording;
    private boolean closed;

    public Training(Path product) {
        this.product = product;
        this.kept = product.resolve(StartCaches.FOLDER);
        this.fresh = product.resolve(StartCaches.FOLDER + ".new");
    }

    /**
     * Returns at once when the caches fit the product already, or another is making them. What fails is not tried
     * again before a jar changes; what takes too long is.
     *
     * @throws StandaloneException saying why there are no caches
     */
    public void run() {
        run(List.of(), DONE_WITHIN);
    }

    /** Does the same at the lowest priority while others work, where memory allows; what fails is only logged. */
    public void inBackground() {
        long availableBytes = Memory.availableBytes();
        if (availableBytes < NEEDED_BYTES) {
            log.debug("no AOT caches: {} bytes of memory are available (expected: {})", availableBytes, NEEDED_BYTES);
            return;
        }
        Thread.ofPlatform().daemon().name("training").start(() -> {
            try {
                run(MODESTLY, DONE_IN_BACKGROUND_WITHIN);
            } catch (StandaloneException failed) {
                log.debug("no AOT caches: {}", failed.getMessage());
            }
        });
    }

    /** Ends it with all of its processes; the next start trains again. */
    @Override
    public void close() {
        Process running;
        synchronized (this) {
            closed = true;
            running = recording;
        }
        if (running != null) {
            kill(running);
        }
    }

    private void run(List<String> priority, Duration within) {
        try (FileChannel channel = FileChannel.open(
                        product.resolve(StartCaches.FOLDER + ".lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
                FileLock lock = tryLock(channel)) {
            if (lock == null || StartCaches.of(product).fit()) {
                return;
            }
            String madeFor = Fingerprint.of(product);
            deleteTree(fresh);
            Files.createDirectories(fresh);
            int status = record(priority, within);
            if (isClosed()) {
                deleteTree(fresh);
                return;
            }
            deleteTree(fresh.resolve("data"));
            if (status != 0) {
                deleteCaches();
            }
            Files.writeString(fresh.resolve(StartCaches.MADE_FOR), madeFor);
            deleteTree(kept);
            Files.move(fresh, kept, StandardCopyOption.ATOMIC_MOVE);
            if (status != 0) {
                throw new StandaloneException("the training ended with status " + status + "; what it said is in "
                        + kept.resolve("training.log"));
            }
        } catch (IOException failed) {
            throw new StandaloneException("cannot keep AOT caches in " + kept + ": " + failed.getMessage(), failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new StandaloneException("the training was interrupted", stopped);
        }
    }

    /** Null when another has it, in this process or elsewhere. */
    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException sameJvm) {
            return null;
        }
    }

    private int record(List<String> priority, Duration within) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(priority);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(LAUNCHER);
        command.addAll(StartCaches.recordedIn(fresh).options("launcher"));
        command.addAll(List.of(
                "-jar",
                product.resolve("standalone").resolve("standalone.jar").toString(),
                "up",
                "--record=" + fresh,
                "--proxy-port=0",
                "--console-port=0",
                "--management-port-base=0",
                "--data-dir=" + fresh.resolve("data")));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(fresh.resolve("training.log").toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("RATEGUARD_") && !name.equals("RATEGUARD_CACHE_DIR"));
        Process started = start(builder);
        if (started == null) {
            return 1;
        }
        if (!started.waitFor(within.toSeconds(), TimeUnit.SECONDS)) {
            kill(started);
            started.waitFor();
            throw new StandaloneException("the training takes longer than " + within.toSeconds()
                    + " s; what it said is in " + fresh.resolve("training.log"));
        }
        return started.exitValue();
    }

    private synchronized @Nullable Process start(ProcessBuilder builder) throws IOException {
        if (!closed) {
            recording = builder.start();
        }
        return recording;
    }

    /** By force: a JVM that is asked to end would write its cache first. */
    private static void kill(Process running) {
        List<ProcessHandle> below = running.descendants().toList();
        running.destroyForcibly();
        below.forEach(ProcessHandle::destroyForcibly);
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private void deleteCaches() throws IOException {
        try (Stream<Path> files = Files.list(fresh)) {
            for (Path cache :
                    files.filter(file -> file.toString().endsWith(".aot")).toList()) {
                Files.delete(cache);
            }
        }
    }

    private static void deleteTree(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
