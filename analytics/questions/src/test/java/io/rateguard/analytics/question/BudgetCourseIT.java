package io.rateguard.analytics.question;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.analytics.question.BudgetCourse.Step;
import io.rateguard.analytics.table.AdjustmentRows;
import io.rateguard.analytics.table.Provenance;
import io.rateguard.domain.event.Adjustment;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BudgetCourseIT {

    private static final Duration LENGTH = Duration.ofHours(6);
    private static final Instant FROM = SampleEvents.START.plus(Duration.ofHours(5));
    private static final Instant TO = FROM.plus(Duration.ofDays(4));

    private static final List<BudgetId> BUDGETS =
            Stream.generate(() -> new BudgetId(UUID.randomUUID())).limit(3).toList();

    private static Recorded recorded;
    private static List<RequestEvent> events;
    private static BudgetCourse question;

    @BeforeAll
    static void record() {
        recorded = Recorded.of(29, 2, 50);
        Random random = new Random(30);
        events = recorded.samples().take(1_000).stream()
                .map(event -> charged(event, random))
                .toList();
        Recorded.insert(recorded.clickHouse(), events, "charged");
        question = new BudgetCourse(recorded.clickHouse());
    }

    /** The same, charged to some of the budgets. */
    private static RequestEvent charged(RequestEvent event, Random random) {
        return new RequestEvent(
                event.requestId(),
                event.caller(),
                event.call(),
                event.times(),
                event.verdict(),
                event.metering(),
                BUDGETS.stream()
                        .filter(budget -> random.nextBoolean())
                        .map(budget -> new RequestEvent.Charge(
                                budget,
                                "2026-10",
                                0,
                                Long.MAX_VALUE,
                                random.nextLong(1_000),
                                random.nextLong(1L << 40)))
                        .toList());
    }

    @AfterAll
    static void close() {
        recorded.clickHouse().close();
    }

    @Test
    void addsUpWhatABudgetWasChargedInEachStep() {
        for (WorkspaceId workspace : workspaces()) {
            for (BudgetId budget : BUDGETS) {
                assertThat(question.ask(workspace, budget, FROM, TO, LENGTH))
                        .hasSizeGreaterThan(10)
                        .containsExactlyElementsOf(expected(workspace, budget));
            }
        }
    }

    @Test
    void putsACorrectionWhereItsRequestWas() {
        RequestEvent event = events.stream()
                .filter(each -> !at(each).isBefore(TO) && !each.charges().isEmpty())
                .findFirst()
                .orElseThrow();
        RequestEvent.Charge charge = event.charges().getFirst();
        Money before = charged(event);

        AdjustmentRows rows = new AdjustmentRows();
        rows.add(
                Adjustment.of(
                        event,
                        UUID.randomUUID(),
                        at(event).plus(Duration.ofDays(9)).toEpochMilli(),
                        new Adjustment.Reason(null, "Ada", "as the provider says"),
                        charge.chargedNanos(),
                        "price",
                        List.of(charge)),
                new Provenance(0, 5_000, Recorded.JOURNAL, 5_000));
        recorded.clickHouse().insert(rows.block(), "correction");

        assertThat(charged(event)).isEqualTo(before.plus(Money.ofNanos(charge.chargedNanos())));
    }

    /** To the first of its budgets in the step that begins with it. */
    private static Money charged(RequestEvent event) {
        return question.ask(
                        event.caller().workspace(),
                        event.charges().getFirst().budget(),
                        at(event),
                        at(event).plus(LENGTH),
                        LENGTH)
                .getFirst()
                .charged();
    }

    @Test
    void seesNothingOfAnotherWorkspaceOrBudget() {
        assertThat(question.ask(new WorkspaceId(UUID.randomUUID()), BUDGETS.getFirst(), FROM, TO, LENGTH))
                .isEmpty();
        assertThat(question.ask(workspaces().getFirst(), new BudgetId(UUID.randomUUID()), FROM, TO, LENGTH))
                .isEmpty();
    }

    private static List<WorkspaceId> workspaces() {
        return events.stream()
                .map(event -> event.caller().workspace())
                .distinct()
                .toList();
    }

    private static Instant at(RequestEvent event) {
        return Instant.ofEpochMilli(event.times().chargedAtMillis());
    }

    private static List<Step> expected(WorkspaceId workspace, BudgetId budget) {
        Map<Long, Long> sums = new TreeMap<>();
        for (RequestEvent event : events) {
            Instant at = at(event);
            if (event.caller().workspace().equals(workspace) && !at.isBefore(FROM) && at.isBefore(TO)) {
                long step = Duration.between(FROM, at).dividedBy(LENGTH);
                event.charges().stream()
                        .filter(charge -> charge.budget().equals(budget))
                        .forEach(charge -> sums.merge(step, charge.chargedNanos(), Long::sum));
            }
        }
        return sums.entrySet().stream()
                .filter(sum -> sum.getValue() != 0)
                .map(sum -> new Step(FROM.plus(LENGTH.multipliedBy(sum.getKey())), Money.ofNanos(sum.getValue())))
                .toList();
    }
}
