package io.rateguard.proxy;

import static io.rateguard.proxy.testbed.TestBed.chatBody;
import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.money.Money;
import io.rateguard.proxy.testbed.BudgetView;
import io.rateguard.proxy.testbed.TestBed;
import io.rateguard.proxy.testbed.TestDatabase.TestKey;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** 64 callers at once who do not retry. */
class ConcurrentCallersIT {

    private static final int CALLERS = 64;
    private static final int CALLS = 640;

    /** What each call really costs: 20 × 0.15 + 10 × 0.60 dollars per million. */
    private static final long COST_NANOS = 3_000 + 6_000;

    private static TestBed bed;

    @BeforeAll
    static void start() {
        bed = TestBed.start();
    }

    @AfterAll
    static void stop() {
        bed.close();
    }

    @Test
    void exactlyAsManyPassAsTheBucketHolds() {
        WorkspaceId workspace = workspace("bucket");
        bed.database().limit(workspace, "200 a day", "{}", "[]", """
                {"algorithm":"token-bucket","unit":"requests","capacity":200,"refill":1,"periodSeconds":86400}""");

        List<HttpResponse<String>> replies = callAll(bed.database().key(workspace, "k"));

        assertThat(replies).filteredOn(it -> it.statusCode() == 200).hasSize(200);
        assertThat(replies).filteredOn(it -> it.statusCode() == 429).hasSize(CALLS - 200);
    }

    @Test
    void aStrictBudgetForThreeHundredCallsIsNeverOverspentAndHoldsNothingInTheEnd() {
        WorkspaceId workspace = workspace("budget");
        long amount = 300 * COST_NANOS;
        BudgetId budget = bed.database().budget(workspace, "300 calls", amount, "strict");

        List<HttpResponse<String>> replies = callAll(bed.database().key(workspace, "k"));

        long receipts = replies.stream()
                .filter(it -> it.statusCode() == 200)
                .map(it -> it.headers().firstValue("X-RateGuard-Cost-Cents").orElseThrow())
                .mapToLong(cents -> new BigDecimal(cents).movePointRight(7).longValueExact())
                .sum();
        assertThat(replies).allSatisfy(it -> assertThat(it.statusCode()).isIn(200, 402));
        assertThat(receipts).isPositive().isLessThanOrEqualTo(amount);
        assertThat(new BudgetView(workspace, budget).onceNothingIsHeld()).isEqualTo(new Money(receipts));
    }

    private static WorkspaceId workspace(String slug) {
        WorkspaceId workspace = bed.newWorkspace(slug);
        bed.database().api(workspace, "demo", "demo", bed.provider().url(), "bearer", TestBed.UPSTREAM_SECRET);
        return workspace;
    }

    private static List<HttpResponse<String>> callAll(TestKey key) {
        Queue<HttpResponse<String>> replies = new ConcurrentLinkedQueue<>();
        AtomicInteger left = new AtomicInteger(CALLS);
        try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
            for (int caller = 0; caller < CALLERS; caller++) {
                callers.execute(() -> {
                    while (left.getAndDecrement() > 0) {
                        replies.add(bed.send(bed.chat(key, chatBody("demo-small", 10))
                                .header("X-Demo-Input-Tokens", "20")
                                .header("X-Demo-Output-Tokens", "10")));
                    }
                });
            }
        }
        return List.copyOf(replies);
    }
}
