package io.rateguard.proxy;

import static io.rateguard.proxy.testbed.TestBed.chatBody;
import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.proxy.testbed.TestBed;
import io.rateguard.proxy.testbed.TestDatabase.TestKey;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** More money for a budget, for a while. */
class BudgetIncreasesIT {

    private static final long NOTHING = 1;
    private static final long PLENTY = 1_000_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

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
    void anIncreaseIsKnownAtOnceAndEndsByItself() {
        WorkspaceId workspace = bed.newWorkspace("increases");
        bed.database().api(workspace, "demo", "demo", bed.provider().url(), "bearer", TestBed.UPSTREAM_SECRET);
        BudgetId budget = bed.database().budget(workspace, "b", NOTHING, "elastic");
        TestKey key = bed.database().key(workspace, "k");
        assertThat(chat(key).statusCode()).isEqualTo(402);

        Instant ends = Instant.now().plusSeconds(4);
        increase(workspace, budget, PLENTY, ends);
        HttpResponse<String> increased = until(200, key);

        assertThat(Instant.now()).isBefore(ends);
        assertThat(increased.headers().firstValue("X-RateGuard-Budget-Limit-Cents"))
                .contains("100.0000001");
        HttpResponse<String> ended = until(402, key);
        assertThat(Instant.now()).isAfterOrEqualTo(ends);
        assertThat(ended.body()).contains("budget \\\"b\\\" ($0.000000001 per month)");
    }

    private static HttpResponse<String> until(int status, TestKey key) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            HttpResponse<String> reply = chat(key);
            if (reply.statusCode() == status) {
                return reply;
            }
            assertThat(System.nanoTime()).as("never answered " + status).isLessThan(end);
            LockSupport.parkNanos(20_000_000);
        }
    }

    private static HttpResponse<String> chat(TestKey key) {
        return bed.send(bed.chat(key, chatBody("gpt-4o-mini", 10)));
    }

    private static void increase(WorkspaceId workspace, BudgetId budget, long nanos, Instant ends) {
        bed.database()
                .execute(
                        "INSERT INTO budget_increases (id, workspace_id, budget_id, amount_nanos, ends_at)"
                                + " VALUES (?, ?, ?, ?, ?)",
                        UUID.randomUUID(),
                        workspace.value(),
                        budget.value(),
                        nanos,
                        OffsetDateTime.ofInstant(ends, ZoneOffset.UTC));
    }
}
