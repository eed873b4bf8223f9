package io.rateguard.alerts.evaluation;

import io.rateguard.alerts.rule.AlertRule;
import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.budget.BudgetWindow;
import io.rateguard.domain.budget.Ladder;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.money.Money;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Budget, spend and rule in; crossings out. The same input gives the same answer, whoever asks. */
public final class Evaluation {

    /** What is older helps nobody any more: as long as a delivery is tried. */
    public static final Duration NEWS = Duration.ofDays(1);

    private Evaluation() {}

    /** The thresholds of a budget that what its window has spent has come to, rising. */
    public static List<Reached> reached(
            WorkspaceId workspace, Budget budget, BudgetWindow window, Money spent, long nowMillis) {
        return budget.thresholds().stream()
                .filter(threshold -> threshold.at().nanos() > 0 && spent.compareTo(threshold.at()) >= 0)
                .map(threshold -> new Reached(
                        workspace,
                        budget.id(),
                        window,
                        threshold.percent(),
                        budget.amount().nanos(),
                        spent.nanos(),
                        nowMillis))
                .toList();
    }

    /**
     * Which rules are to be told of what.
     *
     * @param ladders of the budgets that there are: of others nobody is told
     */
    public static List<Crossing> crossings(
            List<AlertRule> rules, Map<BudgetId, Ladder> ladders, List<Reached> reached, long nowMillis) {
        List<Crossing> crossings = new ArrayList<>();
        for (Reached each : reached) {
            Ladder ladder = ladders.get(each.budget());
            if (ladder == null || nowMillis - each.atMillis() >= NEWS.toMillis()) {
                continue;
            }
            for (AlertRule rule : rules) {
                if (rule.watches(each.workspace(), each.budget(), ladder, each.percent())) {
                    crossings.add(new Crossing(rule.id(), each));
                }
            }
        }
        return crossings;
    }
}
