package io.rateguard.alerts.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.alerts.rule.TimedRule;
import io.rateguard.alerts.rule.TimedRules;
import io.rateguard.alerts.testbed.Receiver.Received;
import io.rateguard.alerts.testbed.TestBed;
import io.rateguard.alerts.testbed.Traffic;
import io.rateguard.alerts.testbed.Traffic.Sort;
import io.rateguard.analytics.table.ClickHouse;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Timed rules over real traffic; two alerts services deliver, and judge what is newer than this test's own looks. */
class TimedRulesIT {

    private static final Instant NOW =
            Instant.now().truncatedTo(ChronoUnit.MINUTES).minus(Duration.ofDays(1));

    private static TestBed bed;
    private static ClickHouse clickHouse;

    private final WorkspaceId workspace = bed.workspace();
    private final String path = UUID.randomUUID().toString();
    private final Traffic traffic = bed.traffic(workspace);

    @BeforeAll
    static void startTwo() {
        bed = new TestBed();
        clickHouse = bed.clickHouse();
        bed.start(Duration.ofHours(1));
        bed.start(Duration.ofHours(1));
    }

    @AfterAll
    static void stop() {
        clickHouse.close();
        bed.close();
    }

    @Test
    void manyEvaluatorsTellOfOneBeginningAndOneEnd() throws Exception {
        rule("error-rate", "percent", 50);
        traffic.record(30, before(1), Sort.FINE.status(500));

        lookByMany(NOW);
        awaitTold(1);
        lookByMany(NOW.plus(Duration.ofMinutes(30)));
        awaitTold(2);
        lookByMany(NOW);

        assertThat(headlines()).containsExactly("100 % of requests fail", "Errors are back to normal");
        assertThat(bed.states(workspace)).hasSize(2);
    }

    @Test
    void judgesByTheWindowAndTheMinimum() {
        rule("error-rate", "minimum", 30);
        traffic.record(29, before(1), Sort.FINE.status(500));
        traffic.record(100, before(6), Sort.FINE.status(500));

        assertThat(look(NOW)).isZero();

        traffic.record(1, before(5), Sort.FINE);
        assertThat(look(NOW)).isEqualTo(1);
    }

    @Test
    void tellsOfRefusalsLatencyAndSpendOfOneApi() {
        rule("refusals", "percent", 40);
        rule("latency", "millis", 2_000);
        traffic.record(50, before(2), Sort.FINE.refused());
        traffic.record(50, before(1), Sort.FINE.taking(3_000));

        look(NOW);
        awaitTold(2);

        assertThat(headlines()).containsExactlyInAnyOrder("50 % of requests are refused", "Requests take 3 s");
    }

    @Test
    void tellsWhichApiFailsWhichModelHasNoPriceAndWhereRedisLacks() {
        rule("upstream-failing", "percent", 50);
        rule("unpriced", null, 0);
        rule("degraded", null, 0);
        traffic.record(20, before(1), Sort.FINE.status(502));
        traffic.record(3, before(1), Sort.FINE.unpriced("gpt-x"));
        traffic.record(1, before(1), Sort.FINE.withoutRedis());

        look(NOW);
        awaitTold(3);

        assertThat(headlines())
                .containsExactlyInAnyOrder(
                        "The upstream of demo fails 83.3 % of requests",
                        "No price is known for gpt-x", "RateGuard works without Redis for demo");
        assertThat(told())
                .extracting(each -> each.body().path("link").asString().replaceAll(".*/requests", ""))
                .containsExactlyInAnyOrder("?api=demo", "?model=gpt-x", "?api=demo");
    }

    @Test
    void aSpikeIsFarAboveTheSameHoursOfPastWeeks() {
        rule("spike", "percent", 300);
        pastWeeks(30, Sort.FINE.costing(1_000_000_000));
        traffic.record(80, before(30), Sort.FINE.costing(1_000_000_000));
        assertThat(look(NOW)).isZero();

        traffic.record(20, before(20), Sort.FINE.costing(1_000_000_000));
        assertThat(look(NOW)).isEqualTo(1);
        awaitTold(1);

        assertThat(headlines()).containsExactly("Spend is far above usual");
        assertThat(told().getFirst().text()).contains("$100.00 in 1 hour", "$90.00");
    }

    @Test
    void requestsFarAboveTheSameHoursOfPastWeeksAreTold() {
        rule("surge", "percent", 200);
        pastWeeks(60, Sort.FINE);
        traffic.record(119, before(30), Sort.FINE);
        assertThat(look(NOW)).isZero();

        traffic.record(1, before(20), Sort.FINE);
        assertThat(look(NOW)).isEqualTo(1);
        awaitTold(1);

        assertThat(headlines()).containsExactly("Requests are far above usual");
    }

    @Test
    void aKeyThatSendsOneRequestAgainAndAgainIsToldRefusedOrNot() {
        UUID looping = key("loop", NOW.plus(Duration.ofDays(90)));
        UUID busy = key("busy", NOW.plus(Duration.ofDays(90)));
        rule("runaway", null, 0);
        traffic.record(60, before(3), Sort.FINE.alike(looping, 7));
        for (int content = 1; content <= 100; content++) {
            traffic.record(1, before(2), Sort.FINE.alike(busy, content).sent(busy, 777));
        }
        assertThat(look(NOW)).isZero();

        traffic.record(40, before(1), Sort.FINE.alike(looping, 7).refused());
        assertThat(look(NOW)).isEqualTo(1);
        awaitTold(1);

        assertThat(headlines()).containsExactly("Key \"loop\" sends the same request again and again");
        assertThat(told().getFirst().text()).contains("100 % of 100 requests in 5 minutes", "/keys\"");
    }

    @Test
    void whereBodiesAreNotReadAKeyThatRepeatsItselfIsKnownByTheirLength() {
        UUID looping = key("loop", NOW.plus(Duration.ofDays(90)));
        UUID busy = key("busy", NOW.plus(Duration.ofDays(90)));
        rule("runaway", null, 0);
        traffic.record(99, before(2), Sort.FINE.sent(looping, 777));
        for (int length = 1; length <= 5; length++) {
            traffic.record(100, before(2), Sort.FINE.sent(busy, length));
        }
        traffic.record(500, before(2), Sort.FINE.sent(busy, 0));
        assertThat(look(NOW)).isZero();

        traffic.record(1, before(1), Sort.FINE.sent(looping, 778));
        assertThat(look(NOW)).isEqualTo(1);
        look(NOW.plus(Duration.ofMinutes(30)));
        awaitTold(2);

        assertThat(headlines())
                .containsExactly(
                        "Key \"loop\" sends the same request again and again",
                        "Key \"loop\" has stopped repeating itself");
        assertThat(told().getFirst().text()).contains("99 % of 100 requests in 5 minutes");
    }

    @Test
    void aWorkspaceWithoutAPastHasNoSpike() {
        rule("spike", null, 0);
        traffic.record(100, before(30), Sort.FINE.costing(1_000_000_000));

        assertThat(look(NOW)).isZero();
    }

    @Test
    void tellsOfAKeyThatExpiresOnce() {
        rule("key-expiring", null, 0);
        key("soon", NOW.plus(Duration.ofDays(6)));
        key("later", NOW.plus(Duration.ofDays(8)));
        bed.owner()
                .sql("UPDATE api_keys SET lent_for = 'playground', created_at = expires_at WHERE id = ?")
                .param(key("lent", NOW.plus(Duration.ofMinutes(9))))
                .update();

        assertThat(look(NOW)).isEqualTo(1);
        assertThat(look(NOW.plus(Duration.ofHours(1)))).isZero();
        awaitTold(1);

        assertThat(headlines()).containsExactly("Key \"soon\" is about to expire");
    }

    @Test
    void aRuleOnAKeyWatchesWhatFollowsItAndNotWhatWasReplaced() {
        UUID replaced = key("ci", NOW.plus(Duration.ofDays(1)));
        UUID successor = key("ci, new", NOW.plus(Duration.ofDays(2)));
        key("another", NOW.plus(Duration.ofDays(3)));
        bed.owner()
                .sql("UPDATE api_keys SET successor_id = ? WHERE id = ?")
                .params(successor, replaced)
                .update();
        bed.owner()
                .sql("UPDATE api_keys SET line_id = ? WHERE id = ?")
                .params(replaced, successor)
                .update();
        UUID rule = rule("key-expiring", null, 0);
        bed.owner()
                .sql("UPDATE alert_rules SET subject = ? WHERE id = ?")
                .params(replaced.toString(), rule)
                .update();

        look(NOW);
        awaitTold(1);

        assertThat(headlines()).containsExactly("Key \"ci, new\" is about to expire");
    }

    @Test
    void tellsOfABudgetOnItsWayToBeOverrun() {
        BudgetId budget = bed.budget(workspace, "Team");
        bed.owner()
                .sql("UPDATE budgets SET period = 'day' WHERE id = ?")
                .param(budget.value())
                .update();
        rule("forecast", "percent", 100);

        Instant noon = Instant.now().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofHours(12));
        bed.charge(workspace, budget, noon, 49);
        assertThat(look(noon)).isZero();
        bed.charge(workspace, budget, noon, 2);
        assertThat(look(noon)).isEqualTo(1);
        awaitTold(1);

        assertThat(headlines()).containsExactly("Budget \"Team\" is on its way to $0.000000102");
    }

    @Test
    void aMutedRuleWritesDownAndTellsNobody() {
        UUID rule = rule("degraded", null, 0);
        bed.owner()
                .sql("UPDATE alert_rules SET muted_until = now() + interval '1 hour' WHERE id = ?")
                .param(rule)
                .update();
        traffic.record(1, before(1), Sort.FINE.withoutRedis());

        assertThat(look(NOW)).isEqualTo(1);
        assertThat(look(NOW.plus(Duration.ofMinutes(30)))).isEqualTo(1);

        assertThat(bed.states(workspace)).isEmpty();
    }

    @Test
    void theEndWaitsForTheBeginning() {
        bed.slack().answer(path, 500);
        rule("degraded", null, 0);
        traffic.record(1, before(1), Sort.FINE.withoutRedis());

        look(NOW);
        look(NOW.plus(Duration.ofMinutes(30)));
        awaitTold(3);

        assertThat(headlines())
                .containsExactly(
                        "RateGuard works without Redis for demo",
                        "RateGuard works without Redis for demo",
                        "RateGuard works with Redis again");
    }

    private int look(Instant at) {
        JdbcClient database = bed.database();
        Incidents incidents =
                new Incidents(database, new TransactionTemplate(new DataSourceTransactionManager(bed.dataSource())));
        Measures measures = new Measures(clickHouse, bed.counters(), database);
        int changes = 0;
        for (TimedRule rule : new TimedRules(database).all()) {
            if (rule.workspace().equals(workspace)) {
                changes += incidents.record(rule, measures.of(rule, at), at);
            }
        }
        return changes;
    }

    private void lookByMany(Instant at) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Integer>> looks = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                looks.add(threads.submit(() -> look(at)));
            }
            for (Future<Integer> each : looks) {
                each.get(60, TimeUnit.SECONDS);
            }
        }
    }

    /** So many in the same hour of each of the last four weeks, and in those beside it. */
    private void pastWeeks(int count, Sort sort) {
        for (int week = 1; week <= 4; week++) {
            for (int hour = -1; hour <= 1; hour++) {
                traffic.record(
                        count, before(30).minus(Duration.ofDays(7L * week)).plus(Duration.ofHours(hour)), sort);
            }
        }
    }

    private static Instant before(int minutes) {
        return NOW.minus(Duration.ofMinutes(minutes));
    }

    private UUID rule(String type, String column, int value) {
        UUID id = bed.rule(workspace, bed.webhookChannel(workspace, bed.slack().url(path), "a secret of the tests"));
        bed.owner()
                .sql("UPDATE alert_rules SET type = ? WHERE id = ?")
                .params(type, id)
                .update();
        if (column != null) {
            bed.owner()
                    .sql("UPDATE alert_rules SET " + column + " = ? WHERE id = ?")
                    .params(value, id)
                    .update();
        }
        return id;
    }

    private UUID key(String name, Instant expires) {
        UUID id = UUID.randomUUID();
        bed.owner()
                .sql("INSERT INTO api_keys (id, workspace_id, name, environment, prefix, hash, expires_at)"
                        + " VALUES (?, ?, ?, 'live', 'rg_live_test', decode(?, 'hex'), to_timestamp(?))")
                .params(
                        id,
                        workspace.value(),
                        name,
                        UUID.randomUUID().toString().replace("-", ""),
                        (double) expires.getEpochSecond())
                .update();
        return id;
    }

    private void awaitTold(int count) {
        TestBed.await(count + " told", () -> told().size() == count);
        TestBed.await("marked", () -> !bed.states(workspace).contains("pending"));
    }

    private List<Received> told() {
        return bed.slack().received(path);
    }

    private List<String> headlines() {
        return told().stream()
                .map(each -> each.body().path("headline").asString())
                .toList();
    }
}
