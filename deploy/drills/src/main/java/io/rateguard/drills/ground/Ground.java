package io.rateguard.drills.ground;

import io.rateguard.analytics.question.ChargedSpend;
import io.rateguard.analytics.table.ClickHouse;
import io.rateguard.analytics.table.ClickHouseSettings;
import io.rateguard.bed.Database;
import io.rateguard.bed.EventsTopic;
import io.rateguard.bed.MonthlyBudget;
import io.rateguard.bed.RecordedEvents;
import io.rateguard.bed.Running;
import io.rateguard.bed.Service;
import io.rateguard.bed.ServiceSettings;
import io.rateguard.bed.TemporaryFolder;
import io.rateguard.counters.BudgetLevel;
import io.rateguard.counters.Counters;
import io.rateguard.counters.CountersSettings;
import io.rateguard.demo.DemoProvider;
import io.rateguard.demo.DemoSettings;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.money.Money;
import io.rateguard.drills.Programs;
import io.rateguard.embedded.ClickHouseAccess;
import io.rateguard.embedded.EmbeddedClickHouse;
import io.rateguard.embedded.EmbeddedKafka;
import io.rateguard.embedded.EmbeddedPostgres;
import io.rateguard.embedded.EmbeddedRedis;
import io.rateguard.embedded.Settings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** PostgreSQL, Redis, Kafka and a demo provider; proxies, and the ledger's parts where they are asked for. */
public final class Ground implements AutoCloseable {

    private static final String UPSTREAM_SECRET = "sk-of-the-upstream";
    private static final int REMEMBERED = 20_000;

    private final Running running = new Running();
    private final Thread ending = new Thread(running::close, "drill-end");
    private final Programs programs;
    private final TemporaryFolder folder;
    private final EmbeddedPostgres postgres;
    private final EmbeddedRedis redis;
    private final EmbeddedKafka kafka;
    private final DemoProvider provider;
    private final Database database;
    private final Counters counters;
    private final List<Service> proxies = new ArrayList<>();

    public Ground(Programs programs) throws IOException, InterruptedException {
        this.programs = programs;
        folder = running.keep(TemporaryFolder.create("rateguard-drill-"));
        Runtime.getRuntime().addShutdownHook(ending);
        try {
            Settings parts = Settings.in(folder.path().resolve("data"));
            postgres = running.keep(EmbeddedPostgres.start(parts));
            redis = running.keep(EmbeddedRedis.start(parts));
            kafka = running.keep(EmbeddedKafka.start(parts));
            EventsTopic.create(kafka.access().bootstrapServers());
            provider = running.keep(DemoProvider.start(
                    DemoSettings.defaults().withRequiredKey(UPSTREAM_SECRET).withRecorded(REMEMBERED)));
            database = Database.create(postgres.access(), UUID.randomUUID().toString());
            counters = running.keep(
                    Counters.connect(CountersSettings.patient(redis.access().url())));
        } catch (InterruptedException | RuntimeException failure) {
            close();
            throw failure;
        }
    }

    public EmbeddedPostgres postgres() {
        return postgres;
    }

    public EmbeddedRedis redis() {
        return redis;
    }

    public EmbeddedKafka kafka() {
        return kafka;
    }

    public DemoProvider provider() {
        return provider;
    }

    public Database database() {
        return database;
    }

    public Counters counters() {
        return counters;
    }

    /** The proxies that were started, in that order. */
    public List<Service> proxies() {
        return proxies;
    }

    /** A workspace with the demo API, counted from nothing. */
    public WorkspaceId workspace(String slug) {
        WorkspaceId workspace = database.workspace(slug);
        counters.rebuilds().initialise(workspace).toCompletableFuture().join();
        database.api(workspace, "demo", "demo", provider.url(), "bearer", UPSTREAM_SECRET);
        return workspace;
    }

    /** @param more settings of its own */
    public Service startProxy(Map<String, String> more) {
        Map<String, String> environment = settings().proxy();
        environment.putAll(more);
        Service proxy = start("proxy-" + proxies.size(), programs.proxy(), environment);
        proxies.add(proxy);
        return proxy;
    }

    /** Starts ClickHouse, the intake and the alerts service, which counts budgets anew. */
    public Ledger startLedger() {
        EmbeddedClickHouse clickhouse = startClickHouse();
        startIntake("intake", clickhouse, Map.of());
        Service alerts = startAlerts("alerts", clickhouse, Map.of());
        return new Ledger(clickhouse, alerts, new ChargedSpend(client(clickhouse)));
    }

    public EmbeddedClickHouse startClickHouse() {
        return running.keep(EmbeddedClickHouse.start(Settings.in(folder.path().resolve("data"))));
    }

    /** What the intake has filled can be asked through it. */
    public ClickHouse client(EmbeddedClickHouse clickhouse) {
        ClickHouseAccess access = clickhouse.access();
        return running.keep(ClickHouse.open(new ClickHouseSettings(
                access.httpUrl() + "?compress=false",
                access.user(),
                access.password(),
                ClickHouseSettings.DEFAULT_DATABASE)));
    }

    /** @param more settings of its own */
    public Service startIntake(String name, EmbeddedClickHouse clickhouse, Map<String, String> more) {
        Map<String, String> environment =
                ServiceSettings.intake(kafka.access().bootstrapServers(), clickhouse.access());
        environment.putAll(more);
        return start(name, programs.intake(), environment);
    }

    /** @param more settings of its own */
    public Service startAlerts(String name, EmbeddedClickHouse clickhouse, Map<String, String> more) {
        Map<String, String> environment = settings().alerts(clickhouse.access());
        environment.putAll(more);
        return start(name, programs.alerts(), environment);
    }

    /** All that proxies have recorded by now; those that have been closed have sent everything. */
    public List<RequestEvent> events() {
        try (RecordedEvents events = new RecordedEvents(kafka.access().bootstrapServers(), EventsTopic.NAME)) {
            return events.all();
        }
    }

    /** A monthly budget as it stands in Redis. */
    public BudgetLevel level(WorkspaceId workspace, BudgetId budget) {
        return new MonthlyBudget(workspace, budget).level(counters);
    }

    /** Looks until a condition holds. */
    public static void await(String what, Duration most, BooleanSupplier condition) {
        if (!within(most, condition)) {
            throw new IllegalStateException("waited in vain for " + what + ", " + most.toSeconds() + " s");
        }
    }

    /** Looks until a condition holds; false when it does not within that time. */
    public static boolean within(Duration most, BooleanSupplier condition) {
        long end = System.nanoTime() + most.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            LockSupport.parkNanos(10_000_000);
        }
        return true;
    }

    /** Returns when this time has come, by {@link System#nanoTime()}. */
    public static void awaitTime(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    @Override
    public void close() {
        running.close();
        try {
            Runtime.getRuntime().removeShutdownHook(ending);
        } catch (IllegalStateException underWay) {
            // The hook itself is what closes.
        }
    }

    private Service start(String name, Service.Program program, Map<String, String> environment) {
        return running.keep(
                new Service(name, program, environment, folder.path().resolve(name)));
    }

    private ServiceSettings settings() {
        return new ServiceSettings(
                database, redis.access().url(), kafka.access().bootstrapServers());
    }

    /** What was charged, by the events that were taken in, and who counts budgets anew from it. */
    public record Ledger(EmbeddedClickHouse clickhouse, Service alerts, ChargedSpend spend) {

        /** What the present month of a budget was charged. */
        public Money charged(WorkspaceId workspace, BudgetId budget) {
            return spend.ask(workspace, Instant.now(), List.of()).stream()
                    .filter(each -> each.budget().equals(budget))
                    .map(ChargedSpend.Charged::sum)
                    .reduce(Money.ZERO, Money::plus);
        }
    }
}
