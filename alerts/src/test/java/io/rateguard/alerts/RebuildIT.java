package io.rateguard.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.alerts.testbed.TestBed;
import io.rateguard.analytics.table.ClickHouse;
import io.rateguard.analytics.table.Provenance;
import io.rateguard.analytics.table.RequestRows;
import io.rateguard.counters.BudgetLevel;
import io.rateguard.counters.BudgetWindowRef;
import io.rateguard.counters.Epoch;
import io.rateguard.counters.Rebuilds;
import io.rateguard.domain.budget.BudgetPeriod;
import io.rateguard.domain.budget.BudgetWindow;
import io.rateguard.domain.event.Decision;
import io.rateguard.domain.event.Outcome;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.money.Money;
import io.rateguard.domain.usage.Usage;
import io.rateguard.domain.usage.UsageSource;
import io.rateguard.embedded.fixture.Services;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;

/** Budgets are counted anew from what proxies report and what the ledger knows, with two services at it. */
class RebuildIT {

    private static final Duration OFTEN = Duration.ofMillis(200);

    private TestBed bed;
    private WorkspaceId workspace;
    private BudgetId budget;
    private Rebuilds rebuilds;

    @BeforeEach
    void start() {
        bed = new TestBed();
        workspace = bed.workspace();
        budget = bed.budget(workspace, "everything", 80);
        rebuilds = bed.counters().rebuilds();
        bed.owner()
                .sql("UPDATE budgets SET created_at = now() - interval '40 days'")
                .update();
    }

    @AfterEach
    void stop() {
        bed.close();
    }

    @Test
    void whatTheLedgerKnowsIsSpentOnceBudgetsAreTrustedAgain() {
        charged(UUID.randomUUID(), 30, 12);
        charged(UUID.randomUUID(), 7);
        bed.start(OFTEN);
        bed.start(OFTEN);

        lose();
        untilTrusted();

        assertThat(level().spent()).isEqualTo(Money.ofNanos(49));
    }

    @Test
    void aProxyThatLivesIsWaitedForAndItsEventsAreLeftOut() {
        UUID proxy = UUID.randomUUID();
        UUID ofProxy = UUID.randomUUID();
        get(bed.counters().heartbeat(proxy, Duration.ofMinutes(1)));
        charged(ofProxy, 100);
        charged(UUID.randomUUID(), 7);
        bed.start(OFTEN);
        bed.start(OFTEN);

        lose();
        get(bed.counters().heartbeat(proxy, Duration.ofMinutes(1)));
        long epoch = get(rebuilds.raise(workspace)).number();
        get(rebuilds.say(workspace, true));
        Rebuilds.Report own = new Rebuilds.Report(window(), Money.ofNanos(111), Money.ZERO);
        assertThat(get(rebuilds.report(workspace, epoch, proxy + "/0", List.of(own))))
                .isTrue();
        assertThat(get(rebuilds.reported(workspace, epoch, proxy, List.of(ofProxy))))
                .isTrue();
        untilTrusted();
        get(bed.counters().heartbeat(proxy, Duration.ZERO));

        assertThat(level().spent()).isEqualTo(Money.ofNanos(118));
        assertThat(get(rebuilds.progress(workspace)).epoch().number()).isEqualTo(epoch);
    }

    @Test
    void aBudgetMadeInThisWindowIsGivenWhatWasSpentBefore() {
        uncharged(13);
        charged(UUID.randomUUID(), 30);
        bed.owner().sql("UPDATE budgets SET created_at = now()").update();
        bed.start(OFTEN);

        lose();
        untilTrusted();

        assertThat(level().spent()).isEqualTo(Money.ofNanos(43));
        get(bed.counters().seed(workspace, window(), Money.ofNanos(13)));
        assertThat(level().spent()).isEqualTo(Money.ofNanos(43));
    }

    @Test
    void aCounterThatHasMissedSomethingIsGivenItOnce() {
        bed.start(OFTEN);
        bed.start(OFTEN);
        charge(30);
        charged(UUID.randomUUID(), 30, 12);

        bed.await("given", () -> level().spent().equals(Money.ofNanos(42)));
        charged(UUID.randomUUID(), 5);

        bed.await("given more", () -> level().spent().equals(Money.ofNanos(47)));
        assertThat(level().spent()).isEqualTo(Money.ofNanos(47));
    }

    @Test
    void aCounterAheadOfTheLedgerStaysAsItIs() {
        Alerts alerts = bed.start(OFTEN);
        BudgetId other = bed.budget(workspace, "other");
        charge(50);
        charged(UUID.randomUUID(), 30);
        chargedTo(other, 9);

        bed.await("another is given what it lacks", () -> levelOf(other).spent().equals(Money.ofNanos(9)));

        assertThat(level().spent()).isEqualTo(Money.ofNanos(50));
        assertThat(bed.ask(alerts, "/metrics").body()).contains("rateguard_alerts_reconciled_nanos_total 9\n");
    }

    @Test
    void whatPassedWithoutRedisIsChargedByItsProxyAndNotHere() {
        bed.start(OFTEN);
        BudgetId other = bed.budget(workspace, "other");
        degraded(30);
        chargedTo(other, 9);

        bed.await("another is given what it lacks", () -> levelOf(other).spent().equals(Money.ofNanos(9)));

        assertThat(level().spent()).isEqualTo(Money.ZERO);
    }

    @Test
    void metricsTellOfRebuilds() {
        Alerts alerts = bed.start(OFTEN);
        lose();
        untilTrusted();

        bed.await("told", () -> bed.ask(alerts, "/metrics").body().contains("rateguard_alerts_rebuilding 0\n"));
        assertThat(bed.ask(alerts, "/metrics").body()).containsPattern("rateguard_alerts_rebuilt [1-9]");
    }

    private void untilTrusted() {
        bed.await("trusted", () -> get(rebuilds.progress(workspace)).epoch().state() == Epoch.State.TRUSTED);
    }

    /** As when the server is emptied; whoever notices says so. */
    private void lose() {
        Config config = new Config();
        config.setPassword(Services.redis().access().password());
        config.useSingleServer()
                .setAddress(Services.redis().access().address())
                .setConnectionPoolSize(1)
                .setConnectionMinimumIdleSize(1)
                .setSubscriptionConnectionMinimumIdleSize(0);
        RedissonClient client = Redisson.create(config);
        client.getKeys().deleteByPattern("*" + workspace + "*");
        client.shutdown();
        get(rebuilds.say(workspace, true));
    }

    private BudgetLevel level() {
        return levelOf(budget);
    }

    private BudgetLevel levelOf(BudgetId id) {
        return get(bed.counters().budgetLevels(workspace, List.of(new BudgetWindowRef(id, month()))))
                .getFirst();
    }

    private void charge(long nanos) {
        get(bed.counters().charge(workspace, window(), Money.ofNanos(nanos), UUID.randomUUID()));
    }

    private BudgetWindowRef window() {
        return new BudgetWindowRef(budget, month());
    }

    private static BudgetWindow month() {
        return BudgetPeriod.MONTH.windowAt(Instant.now(), ZoneOffset.UTC);
    }

    private void charged(UUID journal, long... nanos) {
        RequestRows rows = new RequestRows();
        for (int i = 0; i < nanos.length; i++) {
            rows.add(
                    event(nanos[i], false, List.of(chargeOf(budget, nanos[i]))), new Provenance(0, i, journal, i + 1L));
        }
        insert(rows, journal);
    }

    private void chargedTo(BudgetId id, long nanos) {
        UUID journal = UUID.randomUUID();
        RequestEvent event = event(nanos, false, List.of(chargeOf(id, nanos)));
        insert(new RequestRows().add(event, new Provenance(0, 0, journal, 1)), journal);
    }

    private void degraded(long nanos) {
        UUID journal = UUID.randomUUID();
        RequestEvent event = event(nanos, true, List.of(chargeOf(budget, nanos)));
        insert(new RequestRows().add(event, new Provenance(0, 0, journal, 1)), journal);
    }

    private static RequestEvent.Charge chargeOf(BudgetId id, long nanos) {
        BudgetWindow month = month();
        return new RequestEvent.Charge(id, month.name(), month.startMillis(), month.endMillis(), 1_000, nanos);
    }

    private void uncharged(long nanos) {
        UUID journal = UUID.randomUUID();
        insert(new RequestRows().add(event(nanos, false, List.of()), new Provenance(0, 0, journal, 1)), journal);
    }

    private void insert(RequestRows rows, UUID token) {
        try (ClickHouse clickHouse = bed.clickHouse()) {
            clickHouse.insert(rows.block(), token.toString());
        }
    }

    private RequestEvent event(long costNanos, boolean degraded, List<RequestEvent.Charge> charges) {
        long now = System.currentTimeMillis();
        return new RequestEvent(
                RequestId.create(now, RandomGenerator.getDefault()),
                new RequestEvent.Caller(workspace, null, null, null, null, Map.of()),
                new RequestEvent.Call(null, "demo", "POST", "/", "/", null, null, false, 0, 0, 1),
                new RequestEvent.Times(now, now, now, 0, 0, 0, 0),
                new RequestEvent.Verdict(Decision.ALLOWED, 200, Outcome.COMPLETED, null, degraded),
                new RequestEvent.Metering(Usage.NONE, UsageSource.PROVIDER, costNanos, "v", false, null, 0, 0),
                charges);
    }

    private static <T> T get(CompletionStage<T> answer) {
        return answer.toCompletableFuture().join();
    }
}
