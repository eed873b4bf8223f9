package io.rateguard.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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

/** Redis is emptied, killed, and killed with others under traffic: budgets are right again, to the nano-dollar. */
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
            product.openTheGates();
            String budget = product.manage("POST", "/budgets", """
                            {"name":"everything","scope":{"type":"workspace"},"amountNanos":1000000000000,
                             "period":"month","estimate":"elastic"}""").path("id").asString();
            Map<String, Long> receipts = new HashMap<>(loadOnce(product));
            // From now on only the ledger knows of these.
            product.killAndAwaitSuccessor("proxy");

            Load load = new Load(product.http(), product.text("proxyUrl"), product.keys(CALLERS));
            try (load) {
                awaitMore(product, load);
                long before = rebuilt(product);
                product.emptyRedis();
                awaitMore(product, load);
                awaitRebuilt(product, before);
                awaitMore(product, load);

                before = rebuilt(product);
                kill(product, "redis");
                awaitMore(product, load);
                awaitRebuilt(product, before);
                awaitMore(product, load);
                assertThat(load.unanswered()).isZero();

                before = rebuilt(product);
                kill(product, "redis", "proxy", "intake");
                awaitMore(product, load);
                awaitRebuilt(product, before);
                awaitMore(product, load);
            }
            receipts.putAll(load.receipts());

            try {
                product.await(
                        "the budget to have spent what its requests cost",
                        Duration.ofSeconds(120),
                        () -> amiss(product, budget, receipts).isEmpty());
            } catch (AssertionError inVain) {
                throw new AssertionError("at last " + amiss(product, budget, receipts), inVain);
            }
        }
    }

    /** Empty when the budget has spent what its requests cost, and they cost what callers were told. */
    private static List<String> amiss(RunningProduct product, String budget, Map<String, Long> receipts) {
        Map<String, Long> rows = rows(product);
        JsonNode now = product.manage("GET", "/budgets/" + budget, "");
        List<String> amiss = new ArrayList<>();
        receipts.forEach((id, nanos) -> {
            if (!nanos.equals(rows.get(id))) {
                amiss.add("request %s cost %d nanos and has %s in the history".formatted(id, nanos, rows.get(id)));
            }
        });
        long held = now.path("heldNanos").asLong();
        if (held != 0) {
            amiss.add(held + " nanos are held");
        }
        long spent = now.path("spentNanos").asLong();
        long cost = rows.values().stream().mapToLong(Long::longValue).sum();
        if (spent != cost) {
            amiss.add("%d nanos are spent and the history has %d".formatted(spent, cost));
        }
        return amiss;
    }

    /** As the kernel would, and returns when others stand in their places. */
    private static void kill(RunningProduct product, String... parts) {
        Map<String, Long> pids = new HashMap<>();
        for (String part : parts) {
            pids.put(part, product.pid(part));
        }
        pids.values().forEach(pid -> ProcessHandle.of(pid).orElseThrow().destroyForcibly());
        product.await(
                "successors of " + pids.keySet(),
                Duration.ofSeconds(60),
                () -> pids.entrySet().stream().noneMatch(each -> product.pid(each.getKey()) == each.getValue()));
    }

    private static Map<String, Long> loadOnce(RunningProduct product) {
        Load load = new Load(product.http(), product.text("proxyUrl"), product.keys(CALLERS));
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

    private static void awaitRecorded(RunningProduct product, Map<String, Long> receipts) {
        product.await(
                "every receipt's row",
                Duration.ofSeconds(90),
                () -> rows(product).keySet().containsAll(receipts.keySet()));
    }

    /** What each request cost, by its id. */
    private static Map<String, Long> rows(RunningProduct product) {
        Map<String, Long> rows = new HashMap<>();
        product.requests()
                .forEach((id, row) -> rows.put(id, row.path("costNanos").asLong()));
        return rows;
    }
}
