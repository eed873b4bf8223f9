package io.rateguard.console.budgets;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.console.budgets.Budgets.Saved;
import io.rateguard.counters.Counters;
import io.rateguard.counters.CountersSettings;
import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.budget.BudgetPeriod;
import io.rateguard.domain.budget.BudgetScope;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.money.Money;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BudgetFiguresTest {

    private static final Saved BUDGET = new Saved(
            new Budget(
                    new BudgetId(UUID.randomUUID()),
                    "b",
                    BudgetScope.WORKSPACE,
                    Money.ofNanos(10),
                    BudgetPeriod.DAY,
                    ZoneOffset.UTC,
                    true,
                    Budget.Estimate.ELASTIC),
            null,
            Instant.EPOCH,
            0);

    @Test
    void showsBudgetsWithoutFiguresWhileNobodyAnswersAtTheCountersAddress() {
        try (Counters nobody = Counters.connect(CountersSettings.of("redis://127.0.0.1:1"))) {
            BudgetFigures figures = new BudgetFigures(nobody, Clock.systemUTC());

            List<Saved> shown = figures.addTo(new WorkspaceId(UUID.randomUUID()), List.of(BUDGET));

            assertThat(shown).containsExactly(BUDGET);
            assertThat(BudgetController.BudgetJson.of(BUDGET, Instant.EPOCH).figuresUnavailable())
                    .isTrue();
        }
    }
}
