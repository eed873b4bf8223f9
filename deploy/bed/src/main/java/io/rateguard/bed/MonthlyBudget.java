package io.rateguard.bed;

import io.rateguard.counters.BudgetLevel;
import io.rateguard.counters.BudgetWindowRef;
import io.rateguard.counters.Counters;
import io.rateguard.domain.budget.BudgetPeriod;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.WorkspaceId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** A monthly budget by the calendar of UTC, as {@link Database} makes them. */
public record MonthlyBudget(WorkspaceId workspace, BudgetId budget) {

    /** What its present month has spent and holds, as it is counted. */
    public BudgetLevel level(Counters counters) {
        BudgetWindowRef window =
                new BudgetWindowRef(budget, BudgetPeriod.MONTH.windowAt(Instant.now(), ZoneOffset.UTC));
        return counters.budgetLevels(workspace, List.of(window))
                .toCompletableFuture()
                .join()
                .getFirst();
    }
}
