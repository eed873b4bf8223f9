package io.rateguard.analytics.question;

import io.rateguard.analytics.table.ClickHouse;
import io.rateguard.domain.budget.BudgetWindow;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.money.Money;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** What requests were charged to windows of budgets, by the events that were taken in. */
public final class ChargedSpend {

    private static final String TEXT = QuestionText.of("charged-spend.sql");
    private static final String CORRECTED = QuestionText.of("corrected-spend.sql");
    private static final String DEGRADED = QuestionText.of("degraded-spend.sql");

    /** The last instant that the column can hold. */
    private static final long END_OF_TIME_MILLIS =
            Instant.parse("2262-01-01T00:00:00Z").toEpochMilli();

    private final ClickHouse clickHouse;

    public ChargedSpend(ClickHouse clickHouse) {
        this.clickHouse = clickHouse;
    }

    /**
     * The sum of one window, which may be negative once charges were corrected.
     *
     * @param lowered by how much of it corrections have lowered it; not negative
     */
    public record Charged(BudgetId budget, BudgetWindow window, Money sum, Money lowered) {}

    /**
     * Of each window that ends after an instant; those of nothing are left out.
     *
     * @param withoutJournals whose events are not asked for
     */
    public List<Charged> ask(WorkspaceId workspace, Instant at, Collection<UUID> withoutJournals) {
        return clickHouse
                .ask(
                        TEXT,
                        Map.of(
                                "workspace", workspace.toString(),
                                "at_millis", at.toEpochMilli(),
                                "without_journals",
                                        withoutJournals.stream()
                                                .map(UUID::toString)
                                                .toList()))
                .stream()
                .map(ChargedSpend::charged)
                .toList();
    }

    /** Of each window that ends after an instant, what one journal's adjustments changed in it. */
    public List<Charged> askCorrected(WorkspaceId workspace, Instant at, UUID journal) {
        return clickHouse
                .ask(
                        CORRECTED,
                        Map.of(
                                "workspace", workspace.toString(),
                                "at_millis", at.toEpochMilli(),
                                "journal", journal.toString()))
                .stream()
                .map(ChargedSpend::charged)
                .toList();
    }

    /** @throws RuntimeException while nobody can be asked */
    public void requireAnswers() {
        clickHouse.ask("SELECT 1 AS one FORMAT JSONEachRow", Map.of());
    }

    /** Of one window, what requests were charged that passed without the live counters. */
    public Money askDegraded(WorkspaceId workspace, BudgetId budget, BudgetWindow window) {
        JsonNode row = clickHouse
                .ask(
                        DEGRADED,
                        Map.of(
                                "workspace", workspace.toString(),
                                "from_millis", window.startMillis(),
                                "to_millis", Math.min(window.endMillis(), END_OF_TIME_MILLIS),
                                "budget", budget.toString(),
                                "window", window.name()))
                .getFirst();
        return Money.ofNanos(row.required("charged_nanos_sum").longValue());
    }

    private static Charged charged(JsonNode row) {
        return new Charged(
                new BudgetId(UUID.fromString(row.required("budget").asString())),
                new BudgetWindow(
                        row.required("window").asString(),
                        row.required("window_start_millis").longValue(),
                        row.required("window_end_millis").longValue()),
                Money.ofNanos(row.required("charged_nanos_sum").longValue()),
                Money.ofNanos(row.required("lowered_nanos_sum").longValue()));
    }
}
