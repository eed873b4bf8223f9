package io.rateguard.embedded;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A server process that this JVM owns: it can be stopped cleanly and started again on the same data, and, for tests of
 * faults, killed, paused and resumed.
 */
public abstract sealed class EmbeddedPart implements AutoCloseable
        permits EmbeddedPostgres, EmbeddedRedis, EmbeddedKafka, EmbeddedClickHouse {

    private static final Duration READY_WITHIN = Duration.ofSeconds(90);
    private static final Duration ORPHAN_STOPPED_WITHIN = Duration.ofSeconds(30);
    private static final int QUOTED_LOG_BYTES = 4_000;

    private final String name;
    final Settings settings;
    final PartDir dir;
    final int port;
    private @Nullable ProcessHandle process;

    EmbeddedPart(String name, Settings settings) {
        this.name = name;
        this.settings = settings;
        Platform.require(name);
        dir = new PartDir(settings.dataDir(), name);
        port = dir.port("port", settings.port());
    }

    /** Brings the files of the part into the state that its process expects. */
    abstract void prepare() throws IOException;

    abstract List<String> command() throws IOException;

    abstract Map<String, String> environment();

    abstract boolean isReady();

    /** The signal that means: write everything out, and go. */
    String stopSignal() {
        return "TERM";
    }

    public String name() {
        return name;
    }

    public int port() {
        return port;
    }

    /** The process id of the running server. */
    public synchronized long pid() {
        ProcessHandle running = process;
        if (running == null) {
            throw new IllegalStateException(name + " is not running");
        }
        return running.pid();
    }

    public synchronized boolean isRunning() {
        return process != null && process.isAlive();
    }

    /** Starts the server, for the first time or after {@link #stop()} or {@link #kill()}; returns when it answers. */
    public final synchronized void start() {
        if (isRunning()) {
            return;
        }
        ProcessHandle orphan = dir.orphan();
        if (orphan != null) {
            end(name, stopSignal(), orphan, ORPHAN_STOPPED_WITHIN);
        }
        if (!Ports.isFree(port)) {
            throw new EmbeddedPartException(name + ": port " + port + " is taken by another process");
        }
        try {
            prepare();
            dir.rotateLog();
            long logStart = Files.exists(dir.log()) ? Files.size(dir.log()) : 0;
            Process launched = launch();
            process = launched.toHandle();
            dir.remember(launched.toHandle());
            awaitReady(launched, logStart);
        } catch (IOException failure) {
            throw new EmbeddedPartException(name + ": cannot start: " + failure.getMessage(), failure);
        }
    }

    /** Stops the server cleanly and waits until it is gone; its data stays. */
    public final synchronized void stop() {
        ProcessHandle running = process;
        if (running != null) {
            end(name, stopSignal(), running, settings.stopWithin());
            process = null;
        }
    }

    /** Ends the server at once, as a crash would. */
    public final synchronized void kill() {
        ProcessHandle running = process;
        if (running != null) {
            endAtOnce(running);
            process = null;
        }
    }

    /** Freezes the server: connections stay open, nothing answers. */
    public final synchronized void pause() {
        Signals.send("STOP", tree(pid()));
    }

    public final synchronized void resume() {
        Signals.send("CONT", tree(pid()));
    }

    /** Stops the server cleanly and gives its folder free. */
    @Override
    public final synchronized void close() {
        try {
            stop();
        } finally {
            dir.close();
        }
    }

    /** Stops the servers that a killed owner of the data dir left running. */
    public static void stopOrphans(Path dataDir) throws IOException {
        try (DirectoryStream<Path> parts =
                Files.newDirectoryStream(dataDir, path -> Files.exists(path.resolve("pid")))) {
            for (Path each : parts) {
                String name = each.getFileName().toString();
                try (PartDir dir = new PartDir(dataDir, name)) {
                    ProcessHandle orphan = dir.orphan();
                    if (orphan != null) {
                        end(
                                name,
                                name.equals("postgres") ? EmbeddedPostgres.STOP_SIGNAL : "TERM",
                                orphan,
                                ORPHAN_STOPPED_WITHIN);
                    }
                }
            }
        }
    }

    final void startOrRelease() {
        try {
            start();
        } catch (RuntimeException failure) {
            dir.close();
            throw failure;
        }
    }

    private Process launch() throws IOException {
        // In a session of its own: Ctrl-C in the owner's terminal must not stop the part before those that use it.
        List<String> command = new ArrayList<>(List.of("setsid"));
        command.addAll(command());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(dir.path().toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(dir.log().toFile()));
        builder.environment().putAll(environment());
        return builder.start();
    }

    private void awaitReady(Process launched, long logStart) {
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (!isReady()) {
            if (exited(launched)) {
                process = null;
                throw notStarted("ended with status " + launched.exitValue(), logStart);
            }
            if (System.nanoTime() > deadline) {
                endAtOnce(launched.toHandle());
                process = null;
                throw notStarted(
                        "does not answer on port " + port + " after " + READY_WITHIN.toSeconds() + " s", logStart);
            }
        }
    }

    private static boolean exited(Process launched) {
        try {
            return launched.waitFor(20, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            launched.destroyForcibly();
            return true;
        }
    }

    private EmbeddedPartException notStarted(String what, long logStart) {
        return new EmbeddedPartException(
                "%s %s; the end of %s:%n%s".formatted(name, what, dir.log(), logTail(logStart)));
    }

    private String logTail(long from) {
        try (RandomAccessFile file = new RandomAccessFile(dir.log().toFile(), "r")) {
            long start = Math.max(from, file.length() - QUOTED_LOG_BYTES);
            byte[] bytes = new byte[(int) Math.max(0, file.length() - start)];
            file.seek(start);
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8).strip();
        } catch (IOException unreadable) {
            return "(" + unreadable.getMessage() + ")";
        }
    }

    private static void end(String name, String stopSignal, ProcessHandle running, Duration within) {
        List<ProcessHandle> below = running.descendants().toList();
        if (running.isAlive()) {
            // A paused process hears nothing else.
            Signals.send("CONT", tree(running.pid()));
            Signals.send(stopSignal, List.of(running.pid()));
            if (!gone(running, within)) {
                running.destroyForcibly();
            }
        }
        awaitGone(name, below, running);
    }

    private void endAtOnce(ProcessHandle running) {
        List<ProcessHandle> below = running.descendants().toList();
        running.destroyForcibly();
        Signals.send("CONT", below.stream().map(ProcessHandle::pid).toList());
        awaitGone(name, below, running);
    }

    private static void awaitGone(String name, List<ProcessHandle> below, ProcessHandle top) {
        for (ProcessHandle each : Stream.concat(Stream.of(top), below.stream()).toList()) {
            if (!gone(each, Duration.ofSeconds(10))) {
                each.destroyForcibly();
                if (!gone(each, Duration.ofSeconds(10))) {
                    throw new EmbeddedPartException(name + ": process " + each.pid() + " does not end");
                }
            }
        }
    }

    private static boolean gone(ProcessHandle handle, Duration within) {
        try {
            handle.onExit().get(within.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException stillThere) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return !handle.isAlive();
        } catch (ExecutionException failure) {
            return !handle.isAlive();
        }
    }

    private static List<Long> tree(long pid) {
        return ProcessHandle.of(pid).stream()
                .flatMap(top -> Stream.concat(Stream.of(top), top.descendants()))
                .map(ProcessHandle::pid)
                .toList();
    }
}
