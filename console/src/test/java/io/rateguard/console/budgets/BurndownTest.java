package io.rateguard.console.budgets;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.analytics.question.BudgetCourse.Step;
import io.rateguard.console.budgets.Burndown.Point;
import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.budget.BudgetPeriod;
import io.rateguard.domain.budget.BudgetScope;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BurndownTest {

    private static final Instant DAY = Instant.parse("2026-11-27T00:00:00Z");
    private static final Instant NOON = at("12:00");

    @Test
    void addsUpWhatTheHistorySaysAndEndsWithWhatTheCountersSay() {
        Burndown burndown = of(Instant.EPOCH, level(70), step("00:15", 10), step("03:00", 40), step("11:45", 15));

        assertThat(burndown.step()).isEqualTo(Duration.ofMinutes(15));
        assertThat(burndown.points()).hasSize(49).last().isEqualTo(new Point(NOON, money(70)));
        assertThat(spentAt(burndown, "00:15")).isEqualTo(money(0));
        assertThat(spentAt(burndown, "00:30")).isEqualTo(money(10));
        assertThat(spentAt(burndown, "03:15")).isEqualTo(money(50));
        assertThat(spentAt(burndown, "11:45")).isEqualTo(money(50));
        assertThat(burndown.isLive()).isTrue();
    }

    @Test
    void whatItWasGivenWhenItWasMadeIsSpentFromThenOn() {
        Burndown burndown = of(at("06:10"), level(100), step("07:00", 20));

        assertThat(spentAt(burndown, "06:00")).isEqualTo(money(0));
        assertThat(spentAt(burndown, "06:15")).isEqualTo(money(80));
        assertThat(burndown.now().spent()).isEqualTo(money(100));
    }

    @Test
    void goesByTheHistoryAloneWhileTheCountersDoNotAnswer() {
        Burndown burndown = of(at("06:10"), null, step("07:00", 20));

        assertThat(burndown.isLive()).isFalse();
        assertThat(spentAt(burndown, "06:15")).isEqualTo(money(0));
        assertThat(burndown.now()).isEqualTo(new Point(NOON, money(20)));
    }

    @Test
    void saysWhatEvenSpendingWouldBeAndWhereItsPaceLeads() {
        Burndown burndown = of(Instant.EPOCH, level(600), step("01:00", 600));

        assertThat(burndown.even(at("06:00"))).contains(money(250));
        assertThat(burndown.atEnd()).contains(money(1_200));
        assertThat(burndown.forecast(at("11:45"))).isEmpty();
        assertThat(burndown.forecast(NOON)).contains(money(600));
        assertThat(burndown.forecast(at("18:00"))).contains(money(900));
        assertThat(burndown.instants())
                .doesNotHaveDuplicates()
                .isSorted()
                .hasSize(97)
                .startsWith(DAY)
                .contains(NOON)
                .endsWith(DAY.plus(Duration.ofDays(1)));
    }

    @Test
    void aBudgetWithoutEndIsShownFromItsMakingOn() {
        Budget endless = budget(BudgetPeriod.TOTAL);
        Instant made = NOON.minus(Duration.ofDays(20));
        Budgets.Saved saved = new Budgets.Saved(endless, level(50), made, 0);

        Burndown.Range range = Burndown.Range.of(saved, Instant.EPOCH, NOON);
        Burndown burndown = Burndown.of(saved, range, List.of(step("03:00", 20)), NOON);

        assertThat(range).isEqualTo(new Burndown.Range(made, null, Duration.ofHours(6), made));
        assertThat(burndown.points().getFirst())
                .as("what it was given when it was made")
                .isEqualTo(new Point(made, money(30)));
        assertThat(spentAt(burndown, "06:00")).isEqualTo(money(50));
        assertThat(burndown.even(NOON)).isEmpty();
        assertThat(burndown.atEnd()).isEmpty();
        assertThat(burndown.instants()).endsWith(NOON);
    }

    @Test
    void whatIsOlderThanTheHistoryStandsAtTheBeginning() {
        Budgets.Saved saved = new Budgets.Saved(budget(BudgetPeriod.DAY), level(100), Instant.EPOCH, 0);

        Burndown.Range range = Burndown.Range.of(saved, at("06:00"), NOON);
        Burndown burndown = Burndown.of(saved, range, List.of(step("07:00", 20)), NOON);

        assertThat(burndown.knownFrom()).isEqualTo(at("06:00"));
        assertThat(burndown.points().getFirst()).isEqualTo(new Point(DAY, money(80)));
        assertThat(spentAt(burndown, "06:45")).isEqualTo(money(80));
        assertThat(spentAt(burndown, "07:15")).isEqualTo(money(100));
    }

    @ParameterizedTest
    @CsvSource({"DAY,PT15M", "WEEK,PT2H", "MONTH,PT6H", "QUARTER,P1D"})
    void stepsAsFinelyAsAChartCanShow(BudgetPeriod period, Duration step) {
        assertThat(Burndown.Range.of(new Budgets.Saved(budget(period), null, Instant.EPOCH, 0), Instant.EPOCH, NOON)
                        .step())
                .isEqualTo(step);
    }

    private static Burndown of(Instant made, Budgets.Level level, Step... steps) {
        Budgets.Saved saved = new Budgets.Saved(budget(BudgetPeriod.DAY), level, made, 0);
        return Burndown.of(saved, Burndown.Range.of(saved, Instant.EPOCH, NOON), List.of(steps), NOON);
    }

    private static Money spentAt(Burndown burndown, String time) {
        return burndown.points().stream()
                .filter(point -> point.at().equals(at(time)))
                .findFirst()
                .orElseThrow()
                .spent();
    }

    private static Budget budget(BudgetPeriod period) {
        return new Budget(
                new BudgetId(UUID.randomUUID()),
                "budget",
                BudgetScope.WORKSPACE,
                money(1_000),
                period,
                ZoneOffset.UTC,
                true,
                Budget.Estimate.ELASTIC);
    }

    private static Budgets.Level level(long spent) {
        return new Budgets.Level(money(spent), Money.ZERO, money(1_000 - spent));
    }

    private static Step step(String time, long charged) {
        return new Step(at(time), money(charged));
    }

    private static Money money(long nanos) {
        return Money.ofNanos(nanos);
    }

    private static Instant at(String time) {
        return Instant.parse("2026-11-27T" + time + ":00Z");
    }
}
