package io.rateguard.console.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.console.fixture.RunningConsole;
import io.rateguard.console.fixture.TestDatabase;
import io.rateguard.domain.key.Secret;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged jar, run as a launcher runs it. */
class CommandLineIT {

    private static final Path JAR = Path.of("target", "console.jar").toAbsolutePath();

    @TempDir
    private Path directory;

    @Test
    void migratesAndBootstrapsFromThePackagedJar() throws Exception {
        TestDatabase database = TestDatabase.empty();
        Map<String, String> environment = database.environment();
        environment.put("RATEGUARD_BOOTSTRAP_WORKSPACE", "acme/Acme Inc.");
        environment.put("RATEGUARD_BOOTSTRAP_EMAIL", "ada@acme.example");
        environment.put("RATEGUARD_BOOTSTRAP_PASSWORD", "a good password");
        environment.put("RATEGUARD_BOOTSTRAP_TOKEN", TestDatabase.newToken().reveal());

        Ended migrate = run(environment, "migrate");
        Ended bootstrap = run(environment, "bootstrap");

        assertThat(migrate.status()).as(migrate.said()).isZero();
        assertThat(migrate.said().lines())
                .first()
                .asString()
                .startsWith("applied " + Changelog.ids().size() + " changes: 0001-create-roles");
        assertThat(bootstrap.status()).as(bootstrap.said()).isZero();
        assertThat(bootstrap.said()).startsWith("workspace acme: created");
    }

    @Test
    void servesWhileCountersAndHistoryAreAwayAndSaysSo() throws Exception {
        TestDatabase database = TestDatabase.migrated();
        Secret token = TestDatabase.newToken();
        database.bootstrap("acme", "ada@acme.example", "a good password", token);
        int port = freePort();
        Path portFile = directory.resolve("management-port");
        Process console = builder(Map.ofEntries(
                        Map.entry("RATEGUARD_POSTGRES_URL", database.url()),
                        Map.entry("RATEGUARD_POSTGRES_USER", "rateguard_app"),
                        Map.entry("RATEGUARD_POSTGRES_PASSWORD", TestDatabase.ROLE_PASSWORD),
                        Map.entry("RATEGUARD_REDIS_URL", "redis://127.0.0.1:1"),
                        Map.entry("RATEGUARD_CLICKHOUSE_URL", "http://127.0.0.1:1"),
                        Map.entry("RATEGUARD_SECRET_KEY", RunningConsole.SECRET_KEY),
                        Map.entry("RATEGUARD_CONSOLE_HOST", "127.0.0.1"),
                        Map.entry("RATEGUARD_CONSOLE_PORT", Integer.toString(port)),
                        Map.entry("RATEGUARD_MANAGEMENT_PORT_FILE", portFile.toString())))
                .redirectOutput(directory.resolve("console.log").toFile())
                .start();
        try {
            String url = "http://127.0.0.1:" + port;
            awaitFile(portFile, console);
            assertThat(get("http://127.0.0.1:" + Files.readString(portFile) + "/health/ready", token))
                    .isEqualTo("200 {\"status\":\"UP\"}");
            assertThat(get(url + "/login", token)).startsWith("200 ").contains("styles/rateguard.css");
            assertThat(post(url + "/api/v1/workspaces/acme/budgets", token, """
                    {"name":"b","amountNanos":5,"period":"day"}"""))
                    .startsWith("201 ");
            assertThat(get(url + "/api/v1/workspaces/acme/budgets", token))
                    .startsWith("200 ")
                    .contains("\"amountNanos\":5", "\"spentNanos\":null", "\"figuresUnavailable\":true");
            assertThat(get(url + "/api/v1/workspaces/acme/requests", token))
                    .startsWith("503 ")
                    .contains("\"code\":\"unavailable\"", "the request history does not answer; try again");
        } finally {
            console.destroy();
            assertThat(console.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(Files.readString(directory.resolve("console.log")))
                .doesNotContain(TestDatabase.ROLE_PASSWORD, RunningConsole.SECRET_KEY, token.reveal());
    }

    @Test
    void namesACommandItDoesNotKnow() throws Exception {
        Ended ended = run(Map.of(), "migrat");

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.said())
                .startsWith("unknown command: migrat (expected: migrate, bootstrap, reseal, or none to serve)")
                .contains("usage: java -jar console.jar [COMMAND]");
    }

    @Test
    void namesASettingThatIsMissing() throws Exception {
        Ended ended = run(Map.of());

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.said())
                .startsWith("RATEGUARD_POSTGRES_URL: not set (expected: jdbc:postgresql://host:port/database)");
    }

    private static Ended run(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        Process process = builder(environment, arguments).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), said);
    }

    private static ProcessBuilder builder(Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("RATEGUARD_"));
        builder.environment().putAll(environment);
        return builder;
    }

    private static void awaitFile(Path file, Process writer) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (!Files.exists(file)) {
            assertThat(System.nanoTime()).as(file + " is written").isLessThan(deadline);
            assertThat(writer.waitFor(50, TimeUnit.MILLISECONDS))
                    .as("the console ended")
                    .isFalse();
        }
    }

    private static String get(String url, Secret token) throws IOException, InterruptedException {
        return send(request(url, token).build());
    }

    private static String post(String url, Secret token, String body) throws IOException, InterruptedException {
        return send(request(url, token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private static HttpRequest.Builder request(String url, Secret token) {
        return HttpRequest.newBuilder(URI.create(url)).header("Authorization", "Bearer " + token.reveal());
    }

    private static String send(HttpRequest request) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private record Ended(int status, String said) {}
}
