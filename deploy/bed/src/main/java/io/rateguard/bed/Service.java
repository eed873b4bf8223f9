package io.rateguard.bed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** A service of RateGuard as a process of its own, ready once it is made; another one can take its place. */
public final class Service implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(2);
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    private final String name;
    private final Program program;
    private final Map<String, String> environment;
    private final Path folder;
    private Jvm jvm;
    private volatile int port;

    /**
     * @param folder where a proxy keeps its journal, and where the log is
     * @param environment its settings, but for those that follow from the folder
     */
    public Service(String name, Program program, Map<String, String> environment, Path folder) {
        this.name = name;
        this.program = program;
        this.folder = folder;
        this.environment = new HashMap<>(environment);
        this.environment.put(
                "RATEGUARD_JOURNAL_DIRECTORY", folder.resolve("journal").toString());
        this.environment.put("RATEGUARD_PROXY_PORT_FILE", portFile("port").toString());
        this.environment.put("RATEGUARD_MANAGEMENT_PORT", "0");
        this.environment.put(
                "RATEGUARD_MANAGEMENT_PORT_FILE", portFile("management-port").toString());
        jvm = launch();
    }

    /** @param jar with its libraries beside it */
    public record Program(Path jar, String mainClass) {}

    public long pid() {
        return jvm.pid();
    }

    /** Where a proxy takes requests; while another one starts in its place, where it took them last. */
    public int port() {
        return port;
    }

    /** What a metric says at this moment. */
    public double metric(String metric) {
        String all = ask("/metrics").body();
        return all.lines()
                .filter(line -> line.startsWith(metric + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(metric.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(name + " has no metric " + metric));
    }

    /** Kills it as the kernel would. */
    public void kill() {
        jvm.kill();
    }

    /** Freezes it: connections stay open, nothing answers. */
    public void pause() {
        jvm.pause();
    }

    public void resume() {
        jvm.resume();
    }

    /** Another one on the same journal, in place of one that was killed. */
    public void startAgain() {
        jvm = launch();
    }

    /** Ends it as a clean stop does. */
    @Override
    public void close() {
        jvm.close();
    }

    private Jvm launch() {
        try {
            Files.createDirectories(folder);
            Files.deleteIfExists(portFile("port"));
            Files.deleteIfExists(portFile("management-port"));
            Jvm launched = Jvm.silent(name, program.jar(), program.mainClass(), environment, log());
            awaitReady(launched);
            port = Files.exists(portFile("port")) ? read(portFile("port")) : 0;
            return launched;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void awaitReady(Jvm launched) throws IOException {
        long end = System.nanoTime() + START.toNanos();
        while (!isReady()) {
            if (!launched.isAlive() || System.nanoTime() > end) {
                launched.kill();
                throw new IllegalStateException(name + " is not ready; its log: " + Files.readString(log()));
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    private boolean isReady() throws IOException {
        Path told = portFile("management-port");
        if (!Files.exists(told) || Files.size(told) == 0) {
            return false;
        }
        try {
            return ask("/health/ready").statusCode() == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    private HttpResponse<String> ask(String path) {
        URI uri = URI.create("http://127.0.0.1:" + read(portFile("management-port")) + path);
        try {
            return HTTP.send(
                    HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private Path portFile(String file) {
        return folder.resolve(file);
    }

    private Path log() {
        return folder.resolve(name + ".log");
    }

    private static int read(Path portFile) {
        try {
            return Integer.parseInt(Files.readString(portFile).strip());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
