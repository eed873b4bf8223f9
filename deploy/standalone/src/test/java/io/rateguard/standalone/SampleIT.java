package io.rateguard.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.standalone.sample.Expected;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The workspace {@code sample} of a product that was started as anyone starts it. */
class SampleIT {

    private static final Duration FILLED_WITHIN = Duration.ofSeconds(120);
    private static final String DUPLICATES = "rateguard_intake_duplicates_total";
    private static final String EVER = "from=2026-01-01T00:00:00Z&bucket=total";

    @TempDir
    private Path folder;

    @Test
    void isFilledOnceAndCountsInItsBudgetsWhateverInterruptsIt() throws Exception {
        RunningProduct first = RunningProduct.start(folder);
        Path data = first.data();
        RunningProduct.until(FILLED_WITHIN, () -> Files.exists(data.resolve(Expected.JOB)) && rowsOfTheJob(first) > 0);
        first.kill();
        first.awaitEnd(Duration.ofSeconds(15));

        try (RunningProduct second = RunningProduct.start(folder)) {
            awaitFilled(second);
            assertIsAsExpected(second);
            assertIsClean(second);

            // As if it had ended just before it was noted that the job is done: all of it is sent again.
            long passedOver = metric(second, DUPLICATES);
            doJobAgain(second);
            RunningProduct.until(
                    FILLED_WITHIN,
                    () -> metric(second, DUPLICATES)
                            == passedOver + Expected.of(data).requests());
            assertIsAsExpected(second);
            assertThat(second.get(second.told("mailUrl") + "/mails", "").body()).isEqualTo("[]");
        }
    }

    @Test
    void isNotMadeWithoutTheDemo() throws Exception {
        RunningProduct product = RunningProduct.start(folder, "--no-demo");
        try (product;
                Connection database = DriverManager.getConnection(product.told("postgresUrl"));
                Statement statement = database.createStatement();
                ResultSet workspaces = statement.executeQuery("SELECT string_agg(slug, ' ') FROM workspaces")) {
            assertThat(workspaces.next()).isTrue();
            assertThat(workspaces.getString(1)).isEqualTo("main");
            assertThat(product.output()).doesNotContain("sample");
        }

        // What is to fill the sample would have made itself a token by now.
        assertThat(Files.readString(product.data().resolve("secrets.json"))).doesNotContain("sample");
        assertThat(product.data().resolve(Expected.JOB)).doesNotExist();
    }

    /** The workspace of the ready file, to which nothing has been sent yet. */
    private static void assertIsClean(RunningProduct product) throws Exception {
        assertThat(product.management("usage?" + EVER).path("items")).isEmpty();
        assertThat(product.management("requests").path("items")).isEmpty();
        assertThat(product.management("budgets").path("items"))
                .hasSize(1)
                .allSatisfy(
                        budget -> assertThat(budget.path("spentNanos").asLong()).isZero());
        assertThat(product.management("apis").path("items")).hasSize(1);
        assertThat(product.management("keys").path("items")).hasSize(1);
    }

    private static void doJobAgain(RunningProduct product) throws Exception {
        Path log = product.data().resolve("logs/done-again.log");
        ProcessBuilder job = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        RunningProduct.JAR.toString(),
                        Expected.MAIN,
                        product.data().resolve(Expected.JOB).toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        job.environment().put("RATEGUARD_REDIS_URL", product.told("redisUrl"));
        job.environment().put("RATEGUARD_KAFKA_BOOTSTRAP", product.told("kafkaBootstrapServers"));
        Process running = job.start();
        assertThat(running.waitFor(FILLED_WITHIN.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(running.exitValue()).as(Files.readString(log)).isZero();
    }

    private static void awaitFilled(RunningProduct product) throws Exception {
        RunningProduct.until(FILLED_WITHIN, () -> Files.exists(product.data().resolve(Expected.FILLED)));
        RunningProduct.until(
                FILLED_WITHIN,
                () -> rowsOfTheJob(product) >= Expected.of(product.data()).requests());
    }

    private static void assertIsAsExpected(RunningProduct product) throws Exception {
        Expected expected = Expected.of(product.data());
        JsonNode usage = product.sample("usage?" + EVER).path("items").get(0);
        assertThat(usage.path("requests").asLong()).isEqualTo(expected.requests());
        assertThat(usage.path("costNanos").asLong()).isEqualTo(expected.costNanos());
        assertThat(rowsOfTheJob(product)).isEqualTo(expected.requests());

        Map<String, Long> counted = new TreeMap<>();
        Map<String, Long> expectedInWindow = new TreeMap<>();
        Map<String, Long> charged = new TreeMap<>();
        Map<String, Long> cost = new TreeMap<>();
        for (JsonNode budget : product.sample("budgets").path("items")) {
            String id = budget.path("id").asString();
            long windowStart =
                    Instant.parse(budget.path("windowStart").asString()).toEpochMilli();
            counted.put(id, budget.path("spentNanos").asLong());
            expectedInWindow.put(id, expected.spentNanos(id, windowStart));
            charged.put(id, sum(product, """
                    SELECT sum(c.charged_nanos) FROM rateguard.requests ARRAY JOIN charges AS c
                    WHERE c.budget_id = '%s' AND c.window_start_millis = %d
                    """.formatted(id, windowStart)));
            cost.put(id, sum(product, """
                    SELECT sum(cost_nanos) FROM rateguard.requests
                    WHERE toUnixTimestamp64Milli(charged_at) >= %d AND %s
                    """.formatted(windowStart, inScope(budget.path("scope")))));
        }
        assertThat(counted)
                .hasSize(5)
                .isEqualTo(expectedInWindow)
                .isEqualTo(charged)
                .isEqualTo(cost);
    }

    private static String inScope(JsonNode scope) {
        String value = scope.path("value").asString("");
        return switch (scope.path("type").asString()) {
            case "workspace" -> "true";
            case "api" -> "api = '" + value + "'";
            case "key" -> "key_id = '" + value + "'";
            default -> throw new IllegalArgumentException(scope.toString());
        };
    }

    private static long rowsOfTheJob(RunningProduct product) throws Exception {
        String journal = RunningProduct.JSON
                .readTree(Files.readString(product.data().resolve(Expected.JOB)))
                .path("journal")
                .asString();
        return sum(product, "SELECT count() FROM rateguard.requests WHERE journal = '" + journal + "'");
    }

    private static long sum(RunningProduct product, String question) throws Exception {
        return Long.parseLong(product.clickhouse(question).getFirst());
    }

    private static long metric(RunningProduct product, String name) throws Exception {
        String url = product.ready().path("managementUrls").path("intake").asString() + "/metrics";
        return product.get(url, "")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1)))
                .sum();
    }
}
