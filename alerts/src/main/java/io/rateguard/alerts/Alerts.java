package io.rateguard.alerts;

import com.zaxxer.hikari.HikariDataSource;
import io.rateguard.alerts.correction.Correcting;
import io.rateguard.alerts.correction.Corrections;
import io.rateguard.alerts.delivery.Deliverer;
import io.rateguard.alerts.delivery.DeliverySettings;
import io.rateguard.alerts.delivery.SmtpSettings;
import io.rateguard.alerts.evaluation.Backstop;
import io.rateguard.alerts.evaluation.Crossings;
import io.rateguard.alerts.evaluation.Incidents;
import io.rateguard.alerts.evaluation.Looking;
import io.rateguard.alerts.evaluation.Measures;
import io.rateguard.alerts.evaluation.TimedWatch;
import io.rateguard.alerts.intake.CrossingIntake;
import io.rateguard.alerts.intake.KafkaSettings;
import io.rateguard.alerts.management.AlertsStatus;
import io.rateguard.alerts.management.ManagementServer;
import io.rateguard.alerts.management.ManagementSettings;
import io.rateguard.alerts.rebuild.Rebuilding;
import io.rateguard.alerts.retention.Retention;
import io.rateguard.alerts.rule.AlertRules;
import io.rateguard.alerts.rule.Defaults;
import io.rateguard.alerts.rule.TimedRules;
import io.rateguard.alerts.rule.WatchedBudgets;
import io.rateguard.analytics.table.ClickHouse;
import io.rateguard.analytics.table.IntakeProgress;
import io.rateguard.counters.Counters;
import io.rateguard.counters.CountersSettings;
import io.rateguard.domain.net.AddressGuard;
import io.rateguard.domain.secret.SecretBox;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A running alerts service: its parts, in the order they depend on each other. */
public final class Alerts implements AutoCloseable {

    /** Longer than any step of a correction takes. */
    private static final Duration CORRECTION_LEASE = Duration.ofSeconds(20);

    private final HikariDataSource database;
    private final Counters counters;
    private final Deliverer deliverer;
    private final CrossingIntake intake;
    private final Looking looking;
    private final ClickHouse clickHouse;
    private final TimedWatch timed;
    private final Rebuilding rebuilding;
    private final Correcting correcting;
    private final Retention retention;
    private final ManagementServer management;

    private Alerts(
            AlertsSettings settings,
            KafkaSettings kafka,
            LedgerSettings ledger,
            SmtpSettings smtp,
            DeliverySettings delivery,
            ManagementSettings managed)
            throws IOException {
        Clock clock = Clock.systemUTC();
        AlertsStatus status = new AlertsStatus("intake", "delivery");
        management = new ManagementServer(managed, status);
        database = settings.dataSource();
        counters = Counters.connect(CountersSettings.patient(settings.redisUrl()));
        JdbcClient jdbc = JdbcClient.create(database);
        TransactionTemplate transactions = new TransactionTemplate(new JdbcTransactionManager(database));
        WatchedBudgets budgets = new WatchedBudgets(jdbc);
        Crossings crossings = new Crossings(jdbc, transactions, new AlertRules(jdbc), budgets, clock);
        deliverer = new Deliverer(
                jdbc,
                new SecretBox(settings.secretKey(), new SecureRandom()),
                smtp,
                new AddressGuard(settings.upstreamAllow(), settings.upstreamDeny()),
                delivery,
                clock,
                status);
        intake = new CrossingIntake(kafka, crossings, deliverer::wake, status);
        looking = new Looking(
                new Defaults(jdbc),
                new Backstop(budgets, counters, crossings, clock),
                settings.lookEvery(),
                deliverer::wake,
                status);
        clickHouse = ClickHouse.open(ledger.clickHouse());
        timed = new TimedWatch(
                new TimedRules(jdbc),
                new IntakeProgress(clickHouse, kafka.topic()),
                new Measures(clickHouse, counters, jdbc),
                new Incidents(jdbc, transactions),
                settings.lookEvery(),
                deliverer::wake,
                clock,
                status);
        Corrections corrections = new Corrections(jdbc, CORRECTION_LEASE);
        correcting = new Correcting(jdbc, corrections, budgets, counters, clickHouse, kafka, clock, status);
        Exclusive exclusive = (lock, work) -> exclusively(jdbc, transactions, lock, work);
        rebuilding = new Rebuilding(
                budgets,
                counters,
                clickHouse,
                kafka,
                exclusive,
                corrections::open,
                settings.lookEvery().multipliedBy(2),
                clock,
                status);
        retention =
                new Retention(jdbc, clickHouse, exclusive, settings.lookEvery().multipliedBy(2), clock, status);
    }

    /** @throws IOException when the management port is taken */
    public static Alerts start(
            AlertsSettings settings,
            KafkaSettings kafka,
            LedgerSettings ledger,
            SmtpSettings smtp,
            DeliverySettings delivery,
            ManagementSettings management)
            throws IOException {
        Alerts alerts = new Alerts(settings, kafka, ledger, smtp, delivery, management);
        alerts.deliverer.start();
        alerts.intake.start();
        alerts.looking.start();
        alerts.timed.start();
        alerts.rebuilding.start();
        alerts.correcting.start();
        alerts.retention.start();
        return alerts;
    }

    /** The lock ends with the transaction, also when this process is killed. */
    private static boolean exclusively(JdbcClient jdbc, TransactionTemplate transactions, long lock, Runnable work) {
        return Boolean.TRUE.equals(transactions.execute(transaction -> {
            boolean mine = jdbc.sql("SELECT pg_try_advisory_xact_lock(:lock)")
                    .param("lock", lock)
                    .query(Boolean.class)
                    .single();
            if (mine) {
                work.run();
            }
            return mine;
        }));
    }

    public int managementPort() {
        return management.port();
    }

    @Override
    public void close() {
        retention.close();
        correcting.close();
        rebuilding.close();
        timed.close();
        looking.close();
        intake.close();
        deliverer.close();
        counters.close();
        clickHouse.close();
        database.close();
        management.close();
    }
}
