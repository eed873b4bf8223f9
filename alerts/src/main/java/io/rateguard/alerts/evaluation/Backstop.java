package io.rateguard.alerts.evaluation;

import io.rateguard.alerts.rule.WatchedBudget;
import io.rateguard.alerts.rule.WatchedBudgets;
import io.rateguard.counters.BudgetLevel;
import io.rateguard.counters.BudgetWindowRef;
import io.rateguard.counters.Counters;
import io.rateguard.domain.budget.BudgetWindow;
import io.rateguard.domain.id.WorkspaceId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks at the live counters for crossings that nobody told of: a settlement whose word was lost with its proxy, holds
 * that lapsed while no request came, a rung or a rule that is newer than the money spent.
 */
public final class Backstop {

    private final WatchedBudgets budgets;
    private final Levels levels;
    private final Crossings crossings;
    private final Clock clock;

    public Backstop(WatchedBudgets budgets, Counters counters, Crossings crossings, Clock clock) {
        this.budgets = budgets;
        this.levels = new Levels(counters);
        this.crossings = crossings;
        this.clock = clock;
    }

    /**
     * Looks once; returns how many crossings were found.
     *
     * @throws IllegalStateException when the counters do not answer
     */
    public int look() {
        Map<WorkspaceId, List<WatchedBudget>> byWorkspace = new LinkedHashMap<>();
        for (WatchedBudget each : budgets.all()) {
            byWorkspace
                    .computeIfAbsent(each.workspace(), first -> new ArrayList<>())
                    .add(each);
        }
        int found = 0;
        for (Map.Entry<WorkspaceId, List<WatchedBudget>> each : byWorkspace.entrySet()) {
            found += crossings.record(reached(each.getKey(), each.getValue()), Source.FOUND);
        }
        return found;
    }

    private List<Reached> reached(WorkspaceId workspace, List<WatchedBudget> watched) {
        Instant now = clock.instant();
        List<BudgetWindowRef> windows = watched.stream()
                .map(each ->
                        new BudgetWindowRef(each.budget().id(), each.budget().windowAt(now)))
                .toList();
        List<BudgetLevel> found = levels.of(workspace, windows);
        List<Reached> reached = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            BudgetWindow window = windows.get(i).window();
            reached.addAll(Evaluation.reached(
                    workspace,
                    watched.get(i).budget().at(now),
                    window,
                    found.get(i).spent(),
                    now.toEpochMilli()));
        }
        return reached;
    }
}
