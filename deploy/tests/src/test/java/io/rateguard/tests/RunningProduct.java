package io.rateguard.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole product, started from its packaged programs as {@code ./rateguard up} starts it. */
final class RunningProduct implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(3);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Process launcher;
    private final Path readyFile;
    private final Path log;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    private RunningProduct(Process launcher, Path readyFile, Path log) {
        this.launcher = launcher;
        this.readyFile = readyFile;
        this.log = log;
    }

    /** @param options of {@code up}, beside those that keep it apart from others */
    static RunningProduct start(Path data, String... options) throws IOException {
        Path readyFile = data.resolveSibling(data.getFileName() + "-ready.json");
        Path log = data.resolveSibling(data.getFileName() + "-up.log");
        Path jar = Path.of(System.getProperty("rateguard.product"), "standalone", "standalone.jar");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-jar",
                jar.toString(),
                "up",
                "--proxy-port",
                port("rateguard.proxy-port"),
                "--console-port",
                port("rateguard.console-port"),
                "--management-port-base",
                "0",
                "--data-dir",
                data.toString(),
                "--ready-file",
                readyFile.toString()));
        command.addAll(List.of(options));
        Files.deleteIfExists(readyFile);
        Process launcher = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        RunningProduct product = new RunningProduct(launcher, readyFile, log);
        product.await("the ready file", START, () -> Files.exists(readyFile) || !launcher.isAlive());
        if (!launcher.isAlive()) {
            throw new IllegalStateException("up ended: " + Files.readString(log));
        }
        return product;
    }

    /** One that was started by someone else and is left running. */
    static RunningProduct of(Path readyFile) {
        return new RunningProduct(null, readyFile, readyFile);
    }

    /** The ready file as it stands now. */
    JsonNode ready() {
        try {
            return JSON.readTree(Files.readString(readyFile));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    String text(String field) {
        return ready().path(field).asString();
    }

    long pid(String part) {
        return ready().path("pids").path(part).asLong(-1);
    }

    /** Kills a part as the kernel would and waits until another one stands in its place and is ready. */
    void killAndAwaitSuccessor(String part) {
        long pid = pid(part);
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        await("a successor of " + part, Duration.ofSeconds(60), () -> pid(part) != pid && pid(part) > 0);
        String ready = text("managementUrls", part);
        await(part + " to be ready", Duration.ofSeconds(60), () -> isReady(ready));
    }

    /** Calls the management API below the workspace of the ready file. */
    JsonNode manage(String method, String path, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(text("consoleUrl") + "/api/v1/workspaces/" + text("workspace") + path))
                .header("Authorization", "Bearer " + text("managementToken"))
                .timeout(Duration.ofSeconds(20));
        request = body.isEmpty()
                ? request.method(method, HttpRequest.BodyPublishers.noBody())
                : request.header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body));
        HttpResponse<String> reply = send(request.build());
        if (reply.statusCode() >= 300) {
            throw new IllegalStateException(method + " " + path + ": " + reply.statusCode() + " " + reply.body());
        }
        return reply.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(reply.body());
    }

    /** The seeded limit and budget would refuse a load. */
    void openTheGates() {
        for (String list : List.of("/limits", "/budgets")) {
            for (JsonNode item : manage("GET", list, "").path("items")) {
                manage("DELETE", list + "/" + item.path("id").asString(), "");
            }
        }
    }

    /** Every row of the request log, by request id; each is there once. */
    Map<String, JsonNode> requests() {
        Map<String, JsonNode> rows = new HashMap<>();
        String cursor = "";
        do {
            JsonNode page = manage("GET", "/requests?limit=500" + cursor, "");
            for (JsonNode item : page.path("items")) {
                assertThat(rows.put(item.path("requestId").asString(), item))
                        .as("told once: " + item)
                        .isNull();
            }
            cursor = page.path("next").isNull()
                    ? ""
                    : "&cursor=" + page.path("next").asString();
        } while (!cursor.isEmpty());
        return rows;
    }

    /** The secrets of so many new keys. */
    List<String> keys(int count) {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            keys.add(manage("POST", "/keys", "{\"name\":\"load " + i + "\"}")
                    .path("secret")
                    .asString());
        }
        return keys;
    }

    /** As when the server has lost everything. */
    void emptyRedis() throws IOException {
        URI redis = URI.create(text("redisUrl"));
        String password = redis.getUserInfo().substring(redis.getUserInfo().indexOf(':') + 1);
        try (Socket socket = new Socket(redis.getHost(), redis.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("AUTH " + password + "\r\nFLUSHALL\r\nQUIT\r\n").getBytes(StandardCharsets.US_ASCII));
            out.flush();
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .isEqualTo("+OK\r\n+OK\r\n+OK\r\n");
        }
    }

    HttpClient http() {
        return http;
    }

    void await(String what, Duration most, BooleanSupplier condition) {
        long end = System.nanoTime() + most.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain for " + what + "; up said: " + said());
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    @Override
    public void close() {
        if (launcher == null) {
            http.close();
            return;
        }
        launcher.destroy();
        try {
            if (!launcher.waitFor(30, TimeUnit.SECONDS)) {
                launcher.destroyForcibly();
                throw new AssertionError("up did not stop within 30 s: " + said());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        http.close();
    }

    private String text(String object, String field) {
        return ready().path(object).path(field).asString();
    }

    boolean isReady(String managementUrl) {
        HttpRequest question = HttpRequest.newBuilder(URI.create(managementUrl + "/health/ready"))
                .timeout(Duration.ofSeconds(2))
                .build();
        try {
            return send(question).statusCode() == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** What it printed so far. */
    String said() {
        try {
            return Files.readString(log);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    /** The one that a system property names, so that pictures show those of the documents; else a free one. */
    private static String port(String property) throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return System.getProperty(property, Integer.toString(socket.getLocalPort()));
        }
    }
}
