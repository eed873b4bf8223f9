package io.rateguard.analytics.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service as a process of its own. */
class KilledIntakeIT {

    private static final Path JAR = Path.of("target", "intake.jar");

    @TempDir
    Path folder;

    @Test
    void losesNothingWhenItIsKilledAgainAndAgain() throws Exception {
        try (Setup setup = new Setup()) {
            for (int life = 0; life < 3; life++) {
                Process intake = launch(setup);
                try {
                    long before = Math.max(0, setup.rawCount());
                    for (int i = 0; i < 20; i++) {
                        setup.traffic.send(150);
                    }
                    setup.traffic.sendAgain(30);
                    Setup.await("some of the traffic", () -> setup.rawCount() > before);
                } finally {
                    intake.destroyForcibly().waitFor();
                }
            }

            Process last = launch(setup);
            try {
                setup.assertEverythingCameInOnce();
                assertThat(get("/health/live").statusCode()).isEqualTo(200);
                assertThat(get("/health/ready").body()).isEqualTo("{\"status\":\"UP\"}");
                assertThat(get("/metrics").body())
                        .contains("rateguard_intake_events_total", "rateguard_intake_ready 1");
            } finally {
                last.destroy();
                assertThat(last.waitFor()).as("exit status after SIGTERM").isEqualTo(143);
            }
        }
    }

    private Process launch(Setup setup) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        JAR.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("intake.log").toFile()));
        builder.environment()
                .putAll(Map.of(
                        "RATEGUARD_KAFKA_BOOTSTRAP", setup.bootstrap,
                        "RATEGUARD_KAFKA_PROPERTIES_GROUP_INSTANCE_ID", "intake-1",
                        "RATEGUARD_EVENTS_TOPIC", setup.events.topic(),
                        "RATEGUARD_EVENTS_GROUP", setup.events.group(),
                        "RATEGUARD_CLICKHOUSE_URL", setup.store.url(),
                        "RATEGUARD_CLICKHOUSE_USER", setup.store.user(),
                        "RATEGUARD_CLICKHOUSE_PASSWORD", setup.store.password(),
                        "RATEGUARD_CLICKHOUSE_DATABASE", setup.store.database(),
                        "RATEGUARD_MANAGEMENT_PORT", "0",
                        "RATEGUARD_MANAGEMENT_PORT_FILE", portFile().toString()));
        Files.deleteIfExists(portFile());
        Process process = builder.start();
        Setup.await("ready", () -> isReady(process));
        return process;
    }

    private boolean isReady(Process process) {
        if (!process.isAlive()) {
            throw new AssertionError("intake ended: " + log());
        }
        try {
            return Files.exists(portFile()) && get("/health/ready").statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private HttpResponse<String> get(String path) throws IOException {
        URI uri = URI.create("http://127.0.0.1:" + Files.readString(portFile()) + path);
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private Path portFile() {
        return folder.resolve("port");
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("intake.log"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
