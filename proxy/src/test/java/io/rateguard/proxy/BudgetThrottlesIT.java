package io.rateguard.proxy;

import static io.rateguard.proxy.testbed.TestBed.chatBody;
import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.proxy.testbed.BudgetView;
import io.rateguard.proxy.testbed.TestBed;
import io.rateguard.proxy.testbed.TestDatabase.TestKey;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a caller is told by a budget that slows down what it does not refuse yet. */
class BudgetThrottlesIT {

    /** One percent of it is less than any call costs. */
    private static final long AMOUNT_NANOS = 80_000;

    private static TestBed bed;
    private static int workspaces;

    private WorkspaceId workspace;
    private TestKey key;

    @BeforeAll
    static void start() {
        bed = TestBed.start();
    }

    @AfterAll
    static void stop() {
        bed.close();
    }

    @BeforeEach
    void workspace() {
        workspace = bed.newWorkspace("throttles-" + ++workspaces);
        bed.database().api(workspace, "demo", "demo", bed.provider().url(), "bearer", TestBed.UPSTREAM_SECRET);
        key = bed.database().key(workspace, "k");
    }

    @Test
    void limitsFallToTheirShareAndTheRefusalNamesTheBudget() {
        BudgetId budget = budget("[{\"percent\":1,\"action\":\"throttle\",\"toPercent\":10}]");
        bed.database()
                .limit(
                        workspace,
                        "plenty",
                        "{}",
                        "[]",
                        "{\"algorithm\":\"sliding-window\",\"unit\":\"requests\",\"max\":20,\"windowSeconds\":3600}");
        spendOnce(budget);

        assertThat(chat().statusCode()).isEqualTo(200);
        HttpResponse<String> refused = chat();

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(refused.body())
                .contains("at 10 % of itself, since the budget \\\"nearly spent\\\" is nearly used up");
        var refusal = bed.events()
                .of(refused.headers().firstValue("X-RateGuard-Request-Id").orElseThrow())
                .verdict()
                .refusal();
        assertThat(refusal).isNotNull();
        assertThat(refusal.ruleName()).isEqualTo("plenty");
        assertThat(refusal.used()).isEqualTo(2);
        assertThat(refusal.limit()).isEqualTo(2);
    }

    @Test
    void withoutALimitTheBudgetSaysHowManyPass() {
        BudgetId budget = budget("[{\"percent\":1,\"action\":\"throttle\",\"toPercent\":10,\"requestsPerMinute\":1}]");
        spendOnce(budget);

        assertThat(chat().statusCode()).isEqualTo(200);
        HttpResponse<String> refused = chat();

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(Long.parseLong(refused.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1L, 60L);
        assertThat(refused.body())
                .contains(
                        "The budget \\\"nearly spent\\\" lets 1 request a minute pass once 1 % of it are spent or held.");
        var refusal = bed.events()
                .of(refused.headers().firstValue("X-RateGuard-Request-Id").orElseThrow())
                .verdict()
                .refusal();
        assertThat(refusal).isNotNull();
        assertThat(refusal.rule()).isEqualTo(budget.toString());
    }

    private void spendOnce(BudgetId budget) {
        assertThat(chat().statusCode()).isEqualTo(200);
        assertThat(new BudgetView(workspace, budget).onceNothingIsHeld().nanos())
                .isGreaterThanOrEqualTo(AMOUNT_NANOS / 100);
    }

    private BudgetId budget(String ladder) {
        BudgetId budget = bed.database().budget(workspace, "nearly spent", AMOUNT_NANOS, "elastic");
        bed.database()
                .execute("UPDATE budgets SET shutoff = false, ladder = ?::jsonb WHERE id = ?", ladder, budget.value());
        return budget;
    }

    private HttpResponse<String> chat() {
        return bed.send(bed.chat(key, chatBody("gpt-4o-mini", 10)));
    }
}
