package io.rateguard.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Nothing is lost and nothing told twice while proxy and intake are killed under traffic. */
class KilledServicesIT {

    private static final int CALLERS = 6;
    private static final int KILLS = 3;
    private static final Duration TRAFFIC_BETWEEN_KILLS = Duration.ofSeconds(2);

    @TempDir
    private Path folder;

    @Test
    void costAndCountEqualTheReceiptsPlusTheInterruptedOnes() throws IOException {
        try (RunningProduct product = RunningProduct.start(folder.resolve("data"))) {
            product.openTheGates();
            String budget = product.manage("POST", "/budgets", """
                            {"name":"everything","scope":{"type":"workspace"},"amountNanos":1000000000000,
                             "period":"month","estimate":"strict"}""").path("id").asString();
            Instant from = Instant.now().minusSeconds(5);

            Load load = new Load(product.http(), product.text("proxyUrl"), product.keys(CALLERS));
            try (load) {
                for (int kill = 0; kill < KILLS; kill++) {
                    traffic();
                    product.killAndAwaitSuccessor("proxy");
                    traffic();
                    product.killAndAwaitSuccessor("intake");
                }
                traffic();
            }

            Map<String, JsonNode> recorded = awaitRecorded(product, load.receipts());
            load.receipts()
                    .forEach((id, cost) -> assertThat(
                                    recorded.get(id).path("costNanos").asLong())
                            .as(id)
                            .isEqualTo(cost));
            List<String> withoutReceipt = charged(recorded, load.receipts());
            withoutReceipt.forEach(
                    id -> System.out.println("charged without a receipt: " + id + " " + outcome(product, id) + " "
                            + recorded.get(id).path("costUsd").asString() + " USD"));
            assertThat(load.receipts()).hasSizeGreaterThan(100);
            assertThat(withoutReceipt).isNotEmpty().hasSizeLessThanOrEqualTo(load.unanswered());
            assertThat(withoutReceipt.stream().map(id -> outcome(product, id)))
                    .contains("interrupted")
                    .allMatch(outcome ->
                            Set.of("interrupted", "completed", "client-gone").contains(outcome));

            long total = recorded.values().stream()
                    .mapToLong(it -> it.path("costNanos").asLong())
                    .sum();
            rollupsAgree(product, from, recorded.size(), total);
            int withoutRow = load.unanswered() - withoutReceipt.size();
            budgetAgrees(product, budget, total, withoutRow, hold(product, withoutReceipt.getFirst()));
        }
    }

    private static void traffic() {
        LockSupport.parkNanos(TRAFFIC_BETWEEN_KILLS.toNanos());
    }

    /** Every receipt has its row, and no further rows come: two looks in a row see the same. */
    private static Map<String, JsonNode> awaitRecorded(RunningProduct product, Map<String, Long> receipts) {
        List<Map<String, JsonNode>> last = new ArrayList<>(List.of(Map.of()));
        product.await("every receipt's row", Duration.ofSeconds(90), () -> {
            Map<String, JsonNode> now = product.requests();
            boolean settled = now.keySet().containsAll(receipts.keySet())
                    && now.size() == last.getFirst().size();
            last.set(0, now);
            return settled;
        });
        return last.getFirst();
    }

    private static List<String> charged(Map<String, JsonNode> recorded, Map<String, Long> receipts) {
        Set<String> others = new HashSet<>(recorded.keySet());
        others.removeAll(receipts.keySet());
        return others.stream()
                .filter(id -> recorded.get(id).path("costNanos").asLong() > 0)
                .sorted()
                .toList();
    }

    private static String outcome(RunningProduct product, String requestId) {
        return product.manage("GET", "/requests/" + requestId, "")
                .path("explanation")
                .path("outcome")
                .asString();
    }

    private static void rollupsAgree(RunningProduct product, Instant from, long count, long total) {
        JsonNode usage = product.manage(
                        "GET",
                        "/usage?bucket=total&from=" + from + "&to="
                                + Instant.now().plusSeconds(5),
                        "")
                .path("items")
                .path(0);
        assertThat(usage.path("requests").asLong()).isEqualTo(count);
        assertThat(usage.path("costNanos").asLong()).isEqualTo(total);
    }

    /**
     * What was open at a kill is settled by the journal's replay. A request that Redis had admitted and the proxy had not
     * yet recorded was never forwarded: its hold lapses into a charge, on the safe side, and has no row.
     */
    private static void budgetAgrees(RunningProduct product, String budget, long total, int withoutRow, long hold) {
        product.await(
                "a budget without holds",
                Duration.ofSeconds(75),
                () -> product.manage("GET", "/budgets/" + budget, "")
                                .path("heldNanos")
                                .asLong()
                        == 0);
        long lapsed = product.manage("GET", "/budgets/" + budget, "")
                        .path("spentNanos")
                        .asLong()
                - total;
        assertThat(lapsed).isBetween(0L, withoutRow * hold);
        assertThat(lapsed % hold).isZero();
    }

    private static long hold(RunningProduct product, String requestId) {
        return product.manage("GET", "/requests/" + requestId, "")
                .path("explanation")
                .path("charges")
                .path(0)
                .path("heldNanos")
                .asLong();
    }
}
