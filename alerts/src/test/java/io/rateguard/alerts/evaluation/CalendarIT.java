package io.rateguard.alerts.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.alerts.rule.AlertRules;
import io.rateguard.alerts.rule.WatchedBudgets;
import io.rateguard.alerts.testbed.TestBed;
import io.rateguard.counters.BudgetWindowRef;
import io.rateguard.domain.budget.BudgetPeriod;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.money.Money;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** Windows that end, in a zone that changes its clocks; the service's own clock is moved. */
class CalendarIT {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static TestBed bed;

    private final WorkspaceId workspace = bed.workspace();
    private final String path = UUID.randomUUID().toString();
    private final BudgetId budget = bed.budget(workspace, "Team");

    @BeforeAll
    static void start() {
        bed = new TestBed();
        bed.start(Duration.ofMinutes(1));
    }

    @AfterAll
    static void stop() {
        bed.close();
    }

    @Test
    void aMonthThatEndsIsToldOfAndTheNextOneAnew() {
        watch(BudgetPeriod.MONTH);
        Instant last = Instant.parse("2027-03-31T21:59:59Z");
        Instant first = last.plusSeconds(1);

        charge(BudgetPeriod.MONTH, last, 85);
        assertThat(look(last)).isEqualTo(1);
        assertThat(look(first)).isZero();
        charge(BudgetPeriod.MONTH, first, 90);
        assertThat(look(first)).isEqualTo(1);

        assertThat(told("Window")).containsExactly("March 2027", "April 2027");
        assertThat(told("Resets"))
                .containsExactly("1 April 2027, 00:00 (Europe/Berlin)", "1 May 2027, 00:00 (Europe/Berlin)");
        assertThat(told("Spent")).allSatisfy(spent -> assertThat(spent).contains(" of $0.0000001 "));
    }

    @Test
    void aDayThatTheClocksMakeShorterEndsWhenItDoes() {
        watch(BudgetPeriod.DAY);
        Instant last = Instant.parse("2027-03-28T21:59:59Z");

        charge(BudgetPeriod.DAY, last, 85);
        assertThat(look(last)).isEqualTo(1);
        assertThat(look(last.plusSeconds(1))).isZero();

        assertThat(told("Window")).containsExactly("28 March 2027");
        assertThat(told("Resets")).containsExactly("29 March 2027, 00:00 (Europe/Berlin)");
    }

    private void watch(BudgetPeriod period) {
        bed.owner()
                .sql("UPDATE budgets SET period = ?, zone = ? WHERE id = ?")
                .params(period.wireName(), BERLIN.getId(), budget.value())
                .update();
        bed.rule(workspace, bed.slackChannel(workspace, bed.slack().url(path)));
    }

    private void charge(BudgetPeriod period, Instant at, long nanos) {
        bed.counters()
                .charge(
                        workspace,
                        new BudgetWindowRef(budget, period.windowAt(at, BERLIN)),
                        Money.ofNanos(nanos),
                        UUID.randomUUID())
                .toCompletableFuture()
                .join();
    }

    /** Looks as a service would at that time; of other workspaces there is nothing to find. */
    private static int look(Instant now) {
        Clock clock = Clock.fixed(now, ZoneOffset.UTC);
        WatchedBudgets budgets = new WatchedBudgets(bed.database());
        Crossings crossings = new Crossings(
                bed.database(),
                new TransactionTemplate(new JdbcTransactionManager(bed.dataSource())),
                new AlertRules(bed.database()),
                budgets,
                clock);
        return new Backstop(budgets, bed.counters(), crossings, clock).look();
    }

    private List<String> told(String fact) {
        TestBed.await(
                "told",
                () -> bed.states(workspace).size() == bed.slack().received(path).size());
        return bed.slack().received(path).stream()
                .map(each -> value(each.body().path("blocks").path(1).path("fields"), fact))
                .toList();
    }

    private static String value(JsonNode fields, String fact) {
        for (JsonNode field : fields) {
            String text = field.path("text").asString();
            if (text.startsWith("*" + fact + "*")) {
                return text.substring(text.indexOf('\n') + 1);
            }
        }
        throw new AssertionError(fact + ": not told: " + fields);
    }
}
