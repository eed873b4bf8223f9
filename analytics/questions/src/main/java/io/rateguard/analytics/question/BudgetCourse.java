package io.rateguard.analytics.question;

import io.rateguard.analytics.table.ClickHouse;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** How what a budget was charged came about, by the charge instants of requests. */
public final class BudgetCourse {

    private static final String TEXT = QuestionText.of("budget-course.sql");

    private final ClickHouse clickHouse;

    public BudgetCourse(ClickHouse clickHouse) {
        this.clickHouse = clickHouse;
    }

    /** What was charged from this instant on, until the next step begins; negative where corrections lowered it by more. */
    public record Step(Instant start, Money charged) {}

    /**
     * In the order of time; steps of nothing are left out.
     *
     * @param to no longer part of the range
     * @param length of a step; the first begins with the range
     */
    public List<Step> ask(WorkspaceId workspace, BudgetId budget, Instant from, Instant to, Duration length) {
        return clickHouse
                .ask(
                        TEXT,
                        Map.of(
                                "workspace", workspace.toString(),
                                "budget", budget.toString(),
                                "from_millis", from.toEpochMilli(),
                                "to_millis", to.toEpochMilli(),
                                "step_millis", length.toMillis()))
                .stream()
                .map(row -> new Step(
                        from.plus(length.multipliedBy(row.required("step").longValue())),
                        Money.ofNanos(row.required("charged_nanos_sum").longValue())))
                .toList();
    }
}
