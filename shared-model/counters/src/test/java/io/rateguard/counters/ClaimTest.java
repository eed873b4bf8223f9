package io.rateguard.counters;

import static io.rateguard.counters.CountersOnRedis.START_MILLIS;
import static io.rateguard.counters.CountersOnRedis.budget;
import static io.rateguard.counters.CountersOnRedis.perMinute;
import static io.rateguard.counters.CountersOnRedis.request;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.budget.BudgetWindow;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.limit.LimitRule;
import io.rateguard.domain.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ClaimTest {

    private final WorkspaceId workspace = new WorkspaceId(UUID.randomUUID());

    @Test
    void refusesAmountsThatAScriptCannotCount() {
        LimitRule limit = perMinute(5);
        Budget budget = budget(5);
        BudgetWindow window = budget.windowAt(Instant.ofEpochMilli(START_MILLIS));

        assertThatThrownBy(() -> new LimitClaim(limit, "-", -1)).hasMessageContaining("amount: -1");
        assertThatThrownBy(() -> new BudgetClaim(budget, window, Money.ofNanos(1L << 53)))
                .hasMessageContaining("holdNanos: 9007199254740992 (expected: 0 to 9007199254740991)");
    }

    @Test
    void refusesTheSameCounterTwice() {
        LimitClaim limit = new LimitClaim(perMinute(5), "-", 1);

        assertThatThrownBy(() -> new Claim(workspace, request(), List.of(limit, limit), List.of()))
                .hasMessageContaining("twice (expected: each counter once)");
    }
}
