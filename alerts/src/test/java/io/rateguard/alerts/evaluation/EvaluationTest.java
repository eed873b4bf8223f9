package io.rateguard.alerts.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.alerts.rule.AlertRule;
import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.budget.BudgetPeriod;
import io.rateguard.domain.budget.BudgetScope;
import io.rateguard.domain.budget.BudgetWindow;
import io.rateguard.domain.budget.Ladder;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.money.Money;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EvaluationTest {

    private static final WorkspaceId WORKSPACE = new WorkspaceId(new UUID(0, 1));
    private static final BudgetId TEAM = new BudgetId(new UUID(0, 2));
    private static final BudgetId OTHER = new BudgetId(new UUID(0, 3));
    private static final Ladder LADDER = new Ladder(List.of(50, 80, 100));
    private static final long NOW = Instant.parse("2026-11-23T12:00:00Z").toEpochMilli();

    @Test
    void reachesTheThresholdsUpToWhatIsSpentAndNoFurther() {
        assertThat(percents(79)).containsExactly(50);
        assertThat(percents(80)).containsExactly(50, 80);
        assertThat(percents(250)).containsExactly(50, 80, 100);
        assertThat(percents(0)).isEmpty();
    }

    @Test
    void aBudgetOfNothingReachesNothing() {
        assertThat(Evaluation.reached(WORKSPACE, budget(0), window(), Money.ofNanos(5), NOW))
                .isEmpty();
    }

    @Test
    void tellsTheRulesThatWatchTheBudgetAndTheThreshold() {
        AlertRule all = rule(1, WORKSPACE, null, null);
        AlertRule team = rule(2, WORKSPACE, TEAM, null);
        AlertRule eighty = rule(3, WORKSPACE, TEAM, 80);
        AlertRule other = rule(4, WORKSPACE, OTHER, null);
        AlertRule stranger = rule(5, new WorkspaceId(new UUID(9, 9)), null, null);
        List<AlertRule> rules = List.of(all, team, eighty, other, stranger);

        assertThat(told(rules, LADDER, 50)).containsExactly(all.id(), team.id());
        assertThat(told(rules, LADDER, 80)).containsExactly(all.id(), team.id(), eighty.id());
    }

    @Test
    void aRuleWithoutAShareIsToldWhatTheLadderTells() {
        AlertRule any = rule(1, WORKSPACE, null, null);
        AlertRule eighty = rule(2, WORKSPACE, null, 80);
        List<AlertRule> rules = List.of(any, eighty);

        assertThat(told(rules, new Ladder(List.of(50)), 80)).containsExactly(eighty.id());
        assertThat(told(rules, Ladder.NONE, 80)).containsExactly(any.id(), eighty.id());
        assertThat(told(rules, Ladder.NONE, 100)).containsExactly(any.id());
    }

    @Test
    void nobodyIsToldOfABudgetThatThereIsNotAnyMore() {
        List<AlertRule> rules = List.of(rule(1, WORKSPACE, null, 80));

        assertThat(Evaluation.crossings(rules, Map.of(OTHER, LADDER), List.of(reached(80, NOW)), NOW))
                .isEmpty();
    }

    @Test
    void tellsNobodyOfWhatIsADayOld() {
        List<AlertRule> rules = List.of(rule(1, WORKSPACE, null, null));
        long day = Evaluation.NEWS.toMillis();

        Map<BudgetId, Ladder> ladders = Map.of(TEAM, LADDER);
        assertThat(Evaluation.crossings(rules, ladders, List.of(reached(80, NOW)), NOW + day - 1))
                .hasSize(1);
        assertThat(Evaluation.crossings(rules, ladders, List.of(reached(80, NOW)), NOW + day))
                .isEmpty();
    }

    private static List<UUID> told(List<AlertRule> rules, Ladder ladder, int percent) {
        return Evaluation.crossings(rules, Map.of(TEAM, ladder), List.of(reached(percent, NOW)), NOW).stream()
                .map(Crossing::rule)
                .toList();
    }

    private static List<Integer> percents(long spentNanos) {
        return Evaluation.reached(WORKSPACE, budget(100), window(), Money.ofNanos(spentNanos), NOW).stream()
                .map(Reached::percent)
                .toList();
    }

    private static Reached reached(int percent, long atMillis) {
        return new Reached(WORKSPACE, TEAM, window(), percent, 100, percent, atMillis);
    }

    private static AlertRule rule(long id, WorkspaceId workspace, BudgetId budget, Integer percent) {
        return new AlertRule(new UUID(7, id), workspace, budget, percent);
    }

    private static BudgetWindow window() {
        return budget(100).windowAt(Instant.ofEpochMilli(NOW));
    }

    private static Budget budget(long amountNanos) {
        return new Budget(
                TEAM,
                "Team",
                BudgetScope.WORKSPACE,
                Money.ofNanos(amountNanos),
                BudgetPeriod.MONTH,
                ZoneOffset.UTC,
                true,
                Budget.Estimate.STRICT,
                LADDER);
    }
}
