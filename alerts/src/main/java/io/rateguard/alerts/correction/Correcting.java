package io.rateguard.alerts.correction;

import io.rateguard.alerts.intake.KafkaSettings;
import io.rateguard.alerts.management.AlertsStatus;
import io.rateguard.alerts.rebuild.IntakeProgress;
import io.rateguard.alerts.rule.WatchedBudgets;
import io.rateguard.analytics.question.ChargedSpend;
import io.rateguard.analytics.question.CorrectableRequests;
import io.rateguard.analytics.table.ClickHouse;
import io.rateguard.analytics.table.Marks;
import io.rateguard.counters.Counters;
import io.rateguard.domain.price.ShippedCatalogue;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Looks for corrections that are wanted and does them, one at a time; several services may. */
public final class Correcting implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Correcting.class);

    private static final String PART = "corrections";
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(2);

    private final Corrections corrections;
    private final CorrectionRun run;
    private final Shipping shipping;
    private final IntakeProgress intake;
    private final AlertsStatus status;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("corrections").factory());

    public Correcting(
            JdbcClient database,
            Corrections corrections,
            WatchedBudgets budgets,
            Counters counters,
            ClickHouse clickHouse,
            KafkaSettings kafka,
            Clock clock,
            AlertsStatus status) {
        this.corrections = corrections;
        this.shipping = new Shipping(kafka);
        this.intake = new IntakeProgress(kafka);
        this.status = status;
        this.run = new CorrectionRun(
                corrections,
                new CorrectableRequests(clickHouse),
                new Prices(database, ShippedCatalogue::load),
                budgets,
                shipping,
                new Marks(clickHouse, kafka.topic()),
                intake,
                new ChargedSpend(clickHouse),
                counters,
                clock);
    }

    public void start() {
        var _ = timer.scheduleWithFixedDelay(
                () -> status.attempt(PART, this::look), 0, LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        timer.close();
        shipping.close();
        intake.close();
    }

    private void look() {
        Optional<Correction> taken = corrections.take();
        while (taken.isPresent()) {
            correct(taken.get());
            taken = corrections.take();
        }
    }

    private void correct(Correction correction) {
        try {
            run.run(correction);
        } catch (Corrections.LeaseLost lost) {
            log.info(lost.getMessage());
        } catch (RuntimeException | Error outage) {
            corrections.release(correction, String.valueOf(outage.getMessage()), AFTER_TROUBLE);
            throw outage;
        }
    }
}
