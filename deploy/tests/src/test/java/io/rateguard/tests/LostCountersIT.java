package io.rateguard.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Redis is emptied and killed under traffic: budgets are right again by themselves, to the nano-dollar. */
class LostCountersIT {

    private static final int CALLERS = 4;
    private static final int MORE = 60;
    private static final Pattern REBUILT = Pattern.compile("\nrateguard_alerts_rebuilt (\\d+)");
    private static final Pattern REBUILDING = Pattern.compile("\nrateguard_alerts_rebuilding 0\n");

    @TempDir
    private Path folder;

    @Test
    void whatABudgetHasSpentIsWhatItsRequestsCostWhateverRedisLoses() throws IOException {
        try (RunningProduct product = RunningProduct.start(folder.resolve("data"))) {
            openTheGates(product);
            String budget = product.manage("POST", "/budgets", """
                            {"name":"everything","scope":{"type":"workspace"},"amountNanos":1000000000000,
                             "period":"month","estimate":"elastic"}""").path("id").asString();
            Map<String, Long> receipts = new HashMap<>(loadOnce(product));
            // From now on only the ledger knows of these.
            product.killAndAwaitSuccessor("proxy");

            Load load = new Load(product.http(), product.text("proxyUrl"), keys(product));
            try (load) {
                awaitMore(product, load);
                long before = rebuilt(product);
                flush(product.text("redisUrl"));
                awaitMore(product, load);
                awaitRebuilt(product, before);
                awaitMore(product, load);

                before = rebuilt(product);
                long pid = product.pid("redis");
                ProcessHandle.of(pid).orElseThrow().destroyForcibly();
                product.await("a successor of Redis", Duration.ofSeconds(60), () -> product.pid("redis") != pid);
                awaitMore(product, load);
                awaitRebuilt(product, before);
                awaitMore(product, load);
            }
            receipts.putAll(load.receipts());

            long total = awaitRecorded(product, receipts);
            assertThat(load.unanswered()).isZero();
            assertThat(total)
                    .isEqualTo(receipts.values().stream()
                            .mapToLong(Long::longValue)
                            .sum());
            product.await("the budget to hold nothing and to have spent " + total, Duration.ofSeconds(90), () -> {
                JsonNode now = product.manage("GET", "/budgets/" + budget, "");
                return now.path("heldNanos").asLong() == 0
                        && now.path("spentNanos").asLong() == total;
            });
        }
    }

    private static Map<String, Long> loadOnce(RunningProduct product) {
        Load load = new Load(product.http(), product.text("proxyUrl"), keys(product));
        try (load) {
            awaitMore(product, load);
        }
        awaitRecorded(product, load.receipts());
        return load.receipts();
    }

    private static void awaitMore(RunningProduct product, Load load) {
        int before = load.receipts().size();
        product.await(
                "more answers", Duration.ofSeconds(60), () -> load.receipts().size() >= before + MORE);
    }

    private static void awaitRebuilt(RunningProduct product, long before) {
        product.await("a rebuild", Duration.ofSeconds(60), () -> {
            String metrics = metrics(product);
            return REBUILDING.matcher(metrics).find() && rebuilt(metrics) > before;
        });
    }

    private static long rebuilt(RunningProduct product) {
        return rebuilt(metrics(product));
    }

    private static long rebuilt(String metrics) {
        Matcher rebuilt = REBUILT.matcher(metrics);
        return rebuilt.find() ? Long.parseLong(rebuilt.group(1)) : 0;
    }

    private static String metrics(RunningProduct product) {
        URI metrics =
                URI.create(product.ready().path("managementUrls").path("alerts").asString() + "/metrics");
        try {
            return product.http()
                    .send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static void flush(String redisUrl) throws IOException {
        URI redis = URI.create(redisUrl);
        String password = redis.getUserInfo().substring(redis.getUserInfo().indexOf(':') + 1);
        try (Socket socket = new Socket(redis.getHost(), redis.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("AUTH " + password + "\r\nFLUSHALL\r\nQUIT\r\n").getBytes(StandardCharsets.US_ASCII));
            out.flush();
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .isEqualTo("+OK\r\n+OK\r\n+OK\r\n");
        }
    }

    /** The sum of all rows, once every receipt has its own. */
    private static long awaitRecorded(RunningProduct product, Map<String, Long> receipts) {
        Map<String, Long> rows = new HashMap<>();
        product.await("every receipt's row", Duration.ofSeconds(90), () -> {
            rows.clear();
            String cursor = "";
            do {
                JsonNode page = product.manage("GET", "/requests?limit=500" + cursor, "");
                page.path("items")
                        .forEach(item -> rows.put(
                                item.path("requestId").asString(),
                                item.path("costNanos").asLong()));
                cursor = page.path("next").isNull()
                        ? ""
                        : "&cursor=" + page.path("next").asString();
            } while (!cursor.isEmpty());
            return rows.keySet().containsAll(receipts.keySet());
        });
        return rows.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The seeded limit and budget would refuse a load like this one. */
    private static void openTheGates(RunningProduct product) {
        for (String list : List.of("/limits", "/budgets")) {
            for (JsonNode item : product.manage("GET", list, "").path("items")) {
                product.manage("DELETE", list + "/" + item.path("id").asString(), "");
            }
        }
    }

    private static List<String> keys(RunningProduct product) {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            keys.add(product.manage("POST", "/keys", "{\"name\":\"load " + i + "\"}")
                    .path("secret")
                    .asString());
        }
        return keys;
    }
}
