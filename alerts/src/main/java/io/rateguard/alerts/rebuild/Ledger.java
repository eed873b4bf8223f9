package io.rateguard.alerts.rebuild;

import io.rateguard.alerts.rule.WatchedBudgets;
import io.rateguard.analytics.question.ChargedSpend;
import io.rateguard.analytics.question.UnchargedSpend;
import io.rateguard.counters.BudgetWindowRef;
import io.rateguard.counters.Rebuilds.Report;
import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.key.KeyLines;
import io.rateguard.domain.money.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What ClickHouse knows of the money that windows of budgets have spent. */
final class Ledger {

    private final WatchedBudgets budgets;
    private final ChargedSpend charged;
    private final UnchargedSpend uncharged;

    Ledger(WatchedBudgets budgets, ChargedSpend charged, UnchargedSpend uncharged) {
        this.budgets = budgets;
        this.charged = charged;
        this.uncharged = uncharged;
    }

    /** @throws RuntimeException while ClickHouse is away */
    void requireAnswers() {
        charged.requireAnswers();
    }

    /**
     * Of every window that has not ended, what was charged to it by other journals than these, and what was spent in it
     * before its budget was known.
     */
    List<Report> reports(WorkspaceId workspace, Instant at, Collection<UUID> withoutJournals) {
        Map<BudgetWindowRef, Money> sums = new HashMap<>();
        Map<BudgetWindowRef, Money> lowered = new HashMap<>();
        charged.ask(workspace, at, withoutJournals).forEach(each -> {
            BudgetWindowRef window = new BudgetWindowRef(each.budget(), each.window());
            sums.merge(window, each.sum(), Money::plus);
            lowered.put(window, each.lowered());
        });
        Map<BudgetWindowRef, Money> seeds = new HashMap<>();
        Map<Budget, Instant> known = budgets.ofWorkspace(workspace);
        KeyLines lines = budgets.keyLines(workspace);
        known.forEach((budget, made) -> {
            if (made.toEpochMilli() > budget.windowAt(at).startMillis()) {
                uncharged
                        .ask(workspace, budget, lines, at)
                        .forEach((window, sum) -> seeds.put(new BudgetWindowRef(budget.id(), window), sum));
            }
        });
        seeds.forEach((window, sum) -> sums.merge(window, sum, Money::plus));
        // A window that nobody charged is counted anew too: it may have come back with holds of nobody.
        known.keySet().stream()
                .filter(budget -> !budget.countsApart())
                .forEach(budget -> sums.putIfAbsent(new BudgetWindowRef(budget.id(), budget.windowAt(at)), Money.ZERO));
        List<Report> reports = new ArrayList<>();
        sums.forEach((window, sum) -> reports.add(new Report(
                window,
                counted(sum),
                counted(seeds.getOrDefault(window, Money.ZERO)),
                counted(lowered.getOrDefault(window, Money.ZERO)))));
        return reports;
    }

    private static Money counted(Money sum) {
        return Money.ofNanos(Math.clamp(sum.nanos(), 0, Money.MAX_COUNTED_NANOS));
    }
}
