package io.rateguard.proxy.testbed;

import io.rateguard.proxy.ProxySettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A proxy in a process of its own, on the servers and the topic of a test bed; it can be killed and started again. */
public final class ProxyProcess implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(2);
    private static final int STOP_SECONDS = 30;

    private final Path folder;
    private final Map<String, String> environment;
    private Process process;

    private ProxyProcess(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = environment;
        process = launch();
    }

    /** Has no patience of its own with Redis: on a busy machine every answer counts, however late. */
    public static ProxyProcess start(TestBed bed, Path folder) {
        ProxySettings settings = bed.settings();
        Map<String, String> environment = Map.ofEntries(
                Map.entry("RATEGUARD_POSTGRES_URL", settings.policy().url()),
                Map.entry("RATEGUARD_POSTGRES_USER", settings.policy().user()),
                Map.entry("RATEGUARD_POSTGRES_PASSWORD", settings.policy().password()),
                Map.entry("RATEGUARD_SECRET_KEY", settings.policy().secretKey()),
                Map.entry("RATEGUARD_REDIS_URL", settings.counters().url()),
                Map.entry("RATEGUARD_REDIS_DEADLINE", "30s"),
                Map.entry("RATEGUARD_REDIS_ADMISSIONWAIT", "30s"),
                Map.entry(
                        "RATEGUARD_KAFKA_BOOTSTRAP",
                        String.valueOf(settings.kafka().get("bootstrap.servers"))),
                Map.entry("RATEGUARD_KAFKA_TOPIC", settings.eventsTopic()),
                Map.entry("RATEGUARD_EVENTS_PARTITIONS", Integer.toString(settings.eventsPartitions())),
                Map.entry(
                        "RATEGUARD_JOURNAL_DIRECTORY", folder.resolve("journal").toString()),
                Map.entry("RATEGUARD_PROXY_HOST", "127.0.0.1"),
                Map.entry("RATEGUARD_PROXY_PORT", "0"),
                Map.entry("RATEGUARD_PROXY_PORT_FILE", folder.resolve("port").toString()),
                Map.entry("RATEGUARD_MANAGEMENT_PORT", "0"),
                Map.entry("RATEGUARD_UPSTREAM_ALLOW", "127.0.0.0/8"));
        return new ProxyProcess(folder, environment);
    }

    public String url() {
        try {
            return "http://127.0.0.1:"
                    + Files.readString(folder.resolve("port")).strip();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Kills it as the kernel would. */
    public void kill() {
        process.destroyForcibly();
        await();
    }

    /** Another one on the same journal. */
    public void startAgain() {
        process = launch();
    }

    @Override
    public void close() {
        process.destroy();
        await();
    }

    private Process launch() {
        try {
            Files.createDirectories(folder);
            Files.deleteIfExists(folder.resolve("port"));
            Path log = folder.resolve("proxy.log");
            ProcessBuilder builder = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx512m",
                            "-XX:TieredStopAtLevel=1",
                            "--enable-native-access=ALL-UNNAMED",
                            "--sun-misc-unsafe-memory-access=allow",
                            "io.rateguard.proxy.ProxyMain"))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().putAll(environment);
            builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
            Process launched = builder.start();
            awaitReady(launched, log);
            return launched;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The port is told once it listens. */
    private void awaitReady(Process launched, Path log) throws IOException {
        Path port = folder.resolve("port");
        long end = System.nanoTime() + START.toNanos();
        while (!Files.exists(port) || Files.size(port) == 0) {
            if (!launched.isAlive() || System.nanoTime() > end) {
                launched.destroyForcibly();
                throw new IllegalStateException("the proxy does not start: " + Files.readString(log));
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    private void await() {
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException hurried) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
