package io.rateguard.standalone.sample;

import io.rateguard.counters.BudgetWindowRef;
import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.budget.BudgetWindow;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.money.Money;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Sums up what a history has charged to the windows that its budgets are in at an instant. */
final class Spent implements Consumer<RequestEvent> {

    private final Map<BudgetWindowRef, Money> windows = new HashMap<>();

    Spent(Iterable<Budget> budgets, Instant at) {
        budgets.forEach(budget -> windows.put(new BudgetWindowRef(budget.id(), budget.windowAt(at)), Money.ZERO));
    }

    @Override
    public void accept(RequestEvent event) {
        for (RequestEvent.Charge charge : event.charges()) {
            BudgetWindow window =
                    new BudgetWindow(charge.window(), charge.windowStartMillis(), charge.windowEndMillis());
            windows.computeIfPresent(
                    new BudgetWindowRef(charge.budget(), window),
                    (of, sum) -> sum.plus(Money.ofNanos(charge.chargedNanos())));
        }
    }

    Map<BudgetWindowRef, Money> windows() {
        return Map.copyOf(windows);
    }
}
