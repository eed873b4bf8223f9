package io.rateguard.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class UpIT {

    private static final Duration SHOWN_WITHIN = Duration.ofSeconds(5);

    private static final Duration BACK_WITHIN = Duration.ofSeconds(60);
    private static final Duration STOPPED_WITHIN = Duration.ofSeconds(15);

    @TempDir
    private static Path shared;

    private static RunningProduct product;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws Exception {
        product = RunningProduct.start(shared);
    }

    @AfterAll
    static void stop() throws Exception {
        product.close();
    }

    @Test
    void tellsOtherProgramsEverythingInAFileOfItsOwner() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(product.readyFile())))
                .isEqualTo("rw-------");
        assertThat(product.ready().propertyNames())
                .containsExactlyInAnyOrder(
                        "proxyUrl",
                        "consoleUrl",
                        "adminEmail",
                        "adminPassword",
                        "managementToken",
                        "workspace",
                        "demoKey",
                        "demoUpstreamUrl",
                        "postgresUrl",
                        "redisUrl",
                        "kafkaBootstrapServers",
                        "clickhouseUrl",
                        "mailUrl",
                        "pids",
                        "managementUrls");
        assertThat(product.pids())
                .containsOnlyKeys(
                        "postgres",
                        "redis",
                        "kafka",
                        "clickhouse",
                        "console",
                        "proxy",
                        "intake",
                        "alerts",
                        "mailbox",
                        "demo-provider")
                .allSatisfy((name, pid) -> assertThat(isAlive(pid)).as(name).isTrue());
        for (JsonNode url : product.ready().path("managementUrls")) {
            assertThat(product.get(url.asString() + "/health/ready", "").statusCode())
                    .isEqualTo(200);
            assertThat(product.get(url.asString() + "/metrics", "").statusCode())
                    .isEqualTo(200);
        }
        for (String secret : new String[] {"adminPassword", "managementToken", "demoKey", "adminEmail"}) {
            assertThat(product.output()).contains(product.told(secret));
        }
    }

    @Test
    void printsARequestThatWorksAndIsFoundInTheHistoryAtTheSamePrice() throws Exception {
        HttpResponse<String> answer = product.sendPrintedRequest();

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        for (String name : new String[] {
            "X-RateLimit-Limit",
            "X-RateLimit-Remaining",
            "X-RateLimit-Reset",
            "RateLimit-Policy",
            "RateLimit",
            "X-RateGuard-Latency-Ms",
            "X-RateGuard-Overhead-Ms",
            "X-RateGuard-Budget-Limit-Cents",
            "X-RateGuard-Budget-Remaining-Cents"
        }) {
            assertThat(answer.headers().firstValue(name)).as(name).isPresent();
        }
        String cents = answer.headers().firstValue("X-RateGuard-Cost-Cents").orElseThrow();
        String requestId = answer.headers().firstValue("X-RateGuard-Request-Id").orElseThrow();
        RunningProduct.until(SHOWN_WITHIN, () -> found(product, requestId).isPresent());
        JsonNode shown = found(product, requestId).orElseThrow();
        assertThat(shown.path("costNanos").decimalValue().movePointLeft(7)).isEqualByComparingTo(cents);
        assertThat(shown.path("costNanos").asLong()).isPositive();
    }

    @Test
    void showsTheMailOfABudgetThatCameToItsThreshold() throws Exception {
        product.create("budgets", """
                {"name": "Tiny", "amountNanos": 1000, "period": "total", "shutoff": false, "thresholds": [80]}
                """);

        String mails = product.told("mailUrl") + "/mails";
        RunningProduct.until(BACK_WITHIN, () -> {
            HttpResponse<String> answer = product.sendPrintedRequest();
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return product.get(mails, "").body().contains("\\\"Tiny\\\" has reached 80 %");
        });
        assertThat(product.get(product.told("mailUrl"), "").body())
                .contains("RateGuard: budget &quot;Tiny&quot; has reached 80 %", "To admin@rateguard.local");
        assertThat(product.output()).contains(product.told("mailUrl"));
    }

    @Test
    void startsAKilledServiceAgainAndTellsItsNewProcess() throws Exception {
        Map<String, Long> before = product.pids();

        kill(before.get("proxy"));
        kill(before.get("intake"));

        RunningProduct.until(BACK_WITHIN, () -> {
            Map<String, Long> now = product.pids();
            return changed("proxy", before, now) && changed("intake", before, now);
        });
        HttpResponse<String> answer = product.sendPrintedRequest();
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        String requestId = answer.headers().firstValue("X-RateGuard-Request-Id").orElseThrow();
        RunningProduct.until(BACK_WITHIN, () -> found(product, requestId).isPresent());
    }

    @Test
    void letsNoUpstreamBeOneOfItsOwnPorts() throws Exception {
        String inside =
                "http://localhost:" + URI.create(product.told("clickhouseUrl")).getPort();
        String api = """
                {"slug": "inside", "profile": "generic", "baseUrl": "%s", "auth": {"type": "none"}}""";
        HttpResponse<String> refused = product.post("apis", api.formatted(inside));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("one of RateGuard's own ports");

        // What a name resolves to may change after it was saved: the proxy looks at the address it connects to.
        product.create("apis", api.formatted(product.told("demoUpstreamUrl")));
        try (Connection owner = DriverManager.getConnection(product.told("postgresUrl"));
                PreparedStatement change =
                        owner.prepareStatement("UPDATE apis SET base_url = ? WHERE slug = 'inside'")) {
            change.setString(1, inside);
            assertThat(change.executeUpdate()).isEqualTo(1);
        }

        String url = product.told("proxyUrl") + "/proxy/inside/ping";
        String key = product.told("demoKey");
        RunningProduct.until(SHOWN_WITHIN, () -> product.get(url, key).body().contains("upstream_forbidden"));
        assertThat(product.get(url, key).statusCode()).isEqualTo(502);
    }

    @Test
    void stopsCleanlyAndFindsEverythingAgain() throws Exception {
        RunningProduct first = RunningProduct.start(folder);
        String requestId = first.sendPrintedRequest()
                .headers()
                .firstValue("X-RateGuard-Request-Id")
                .orElseThrow();
        RunningProduct.until(SHOWN_WITHIN, () -> found(first, requestId).isPresent());
        JsonNode told = first.ready();
        long spentNanos = spentNanos(first);
        Map<String, Long> pids = first.pids();

        first.terminate();

        assertThat(first.awaitEnd(STOPPED_WITHIN)).as(first.output()).isZero();
        assertThat(pids)
                .allSatisfy((name, pid) -> assertThat(isAlive(pid)).as(name).isFalse());
        try (RunningProduct second = RunningProduct.start(folder)) {
            assertSameSecrets(second.ready(), told);
            assertThat(found(second, requestId)).isPresent();
            assertThat(spentNanos(second)).isEqualTo(spentNanos).isPositive();
            assertThat(second.management("limits").path("items")).hasSize(1);
            assertThat(second.sendPrintedRequest().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void startsAgainAfterItWasKilledItself() throws Exception {
        RunningProduct first = RunningProduct.start(folder);
        JsonNode told = first.ready();
        Map<String, Long> pids = first.pids();

        first.kill();
        first.awaitEnd(STOPPED_WITHIN);

        try (RunningProduct second = RunningProduct.start(folder)) {
            assertThat(pids)
                    .allSatisfy((name, pid) -> assertThat(isAlive(pid)).as(name).isFalse());
            assertSameSecrets(second.ready(), told);
            assertThat(second.sendPrintedRequest().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void namesATakenPortBeforeAnythingStarts() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            String argument = "--proxy-port=" + taken.getLocalPort();

            assertThat(refusal(1, argument, "--data-dir=data"))
                    .startsWith("rateguard: --proxy-port: port " + taken.getLocalPort() + " is taken by ");
        }
        assertThat(folder.resolve("data/postgres")).doesNotExist();
    }

    @Test
    void refusesAFolderThatItCannotUse() throws Exception {
        Files.writeString(folder.resolve("file"), "");

        assertThat(refusal(1, "--data-dir=file"))
                .isEqualTo("rateguard: --data-dir: file is a file (expected: a folder)\n");
        assertThat(refusal(1, "--data-dir=/proc/rateguard"))
                .startsWith("rateguard: --data-dir: /proc/rateguard cannot be written (")
                .hasLineCount(1);
    }

    @Test
    void refusesAnUnknownOption() throws Exception {
        assertThat(refusal(2, "--fast"))
                .startsWith("rateguard: ")
                .contains("'--fast'")
                .hasLineCount(2);
    }

    private String refusal(int status, String... arguments) throws Exception {
        try (RunningProduct refused = RunningProduct.launch(folder, arguments)) {
            assertThat(refused.awaitEnd(BACK_WITHIN)).as(refused.output()).isEqualTo(status);
            return refused.output();
        }
    }

    private static Optional<JsonNode> found(RunningProduct in, String requestId) throws Exception {
        for (JsonNode item : in.management("requests").path("items")) {
            if (item.path("requestId").asString().equals(requestId)) {
                return Optional.of(item);
            }
        }
        return Optional.empty();
    }

    private static long spentNanos(RunningProduct of) throws Exception {
        return of.management("budgets").path("items").get(0).path("spentNanos").asLong();
    }

    private static void assertSameSecrets(JsonNode now, JsonNode then) {
        for (String name : new String[] {
            "adminEmail",
            "adminPassword",
            "managementToken",
            "workspace",
            "demoKey",
            "demoUpstreamUrl",
            "postgresUrl",
            "redisUrl",
            "kafkaBootstrapServers",
            "clickhouseUrl"
        }) {
            assertThat(now.path(name)).as(name).isEqualTo(then.path(name));
        }
    }

    private static boolean changed(String name, Map<String, Long> before, Map<String, Long> now) {
        return now.containsKey(name) && !now.get(name).equals(before.get(name));
    }

    private static void kill(long pid) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-9", Long.toString(pid)).start().waitFor();
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}
