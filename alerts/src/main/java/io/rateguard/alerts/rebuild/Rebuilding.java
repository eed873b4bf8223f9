package io.rateguard.alerts.rebuild;

import io.rateguard.alerts.intake.KafkaSettings;
import io.rateguard.alerts.management.AlertsStatus;
import io.rateguard.alerts.rule.WatchedBudgets;
import io.rateguard.analytics.question.ChargedSpend;
import io.rateguard.analytics.question.UnchargedSpend;
import io.rateguard.analytics.table.ClickHouse;
import io.rateguard.counters.Counters;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks for budgets to rebuild, again and again, and through all workspaces now and then. */
public final class Rebuilding implements AutoCloseable {

    private static final String PART = "rebuild";
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final int LOOKS_PER_SWEEP = 60;

    private final WatchedBudgets budgets;
    private final Rebuilder rebuilder;
    private final IntakeProgress intake;
    private final AlertsStatus status;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("rebuild").factory());
    private int looks;

    public Rebuilding(
            WatchedBudgets budgets,
            Counters counters,
            ClickHouse clickHouse,
            KafkaSettings kafka,
            Clock clock,
            AlertsStatus status) {
        this.budgets = budgets;
        this.intake = new IntakeProgress(kafka);
        this.rebuilder = new Rebuilder(
                counters,
                new Ledger(budgets, new ChargedSpend(clickHouse), new UnchargedSpend(clickHouse)),
                intake,
                clock);
        this.status = status;
    }

    public void start() {
        var _ = timer.scheduleWithFixedDelay(this::look, 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        timer.close();
        intake.close();
    }

    private void look() {
        try {
            if (looks % LOOKS_PER_SWEEP == 0) {
                rebuilder.sweep(budgets.workspaces());
            }
            looks++;
            status.rebuilding(rebuilder.advance(), rebuilder.rebuilt());
            status.works(PART);
        } catch (RuntimeException outage) {
            status.fails(PART, outage);
        }
    }
}
