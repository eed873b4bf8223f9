package io.rateguard.proxy.testbed;

import io.rateguard.bed.MonthlyBudget;
import io.rateguard.counters.BudgetLevel;
import io.rateguard.counters.Counters;
import io.rateguard.counters.CountersSettings;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.money.Money;
import io.rateguard.embedded.fixture.Services;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A monthly budget as it stands in Redis. */
public record BudgetView(WorkspaceId workspace, BudgetId budget, String redisUrl) {

    /** Longer than any hold lives. */
    private static final Duration PATIENCE = Duration.ofSeconds(70);

    public BudgetView(WorkspaceId workspace, BudgetId budget) {
        this(workspace, budget, Services.redis().access().url());
    }

    /** What is spent and held at this moment. */
    public BudgetLevel now() {
        try (Counters counters = connect()) {
            return level(counters);
        }
    }

    /** What is spent as soon as nothing is held any more. */
    public Money onceNothingIsHeld() {
        try (Counters counters = connect()) {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (true) {
                BudgetLevel level = level(counters);
                if (level.held().equals(Money.ZERO)) {
                    return level.spent();
                }
                if (System.nanoTime() > end) {
                    throw new AssertionError("still held after a hold's life: " + level);
                }
                LockSupport.parkNanos(5_000_000);
            }
        }
    }

    private BudgetLevel level(Counters counters) {
        return new MonthlyBudget(workspace, budget).level(counters);
    }

    private Counters connect() {
        return Counters.connect(new CountersSettings(
                redisUrl, Duration.ofSeconds(2), 8, Duration.ofSeconds(5), Duration.ofSeconds(60)));
    }
}
