package io.rateguard.alerts.rebuild;

import io.rateguard.alerts.Exclusive;
import io.rateguard.alerts.intake.KafkaSettings;
import io.rateguard.alerts.management.AlertsStatus;
import io.rateguard.alerts.rule.WatchedBudgets;
import io.rateguard.analytics.question.ChargedSpend;
import io.rateguard.analytics.question.UnchargedSpend;
import io.rateguard.analytics.table.ClickHouse;
import io.rateguard.counters.Counters;
import io.rateguard.domain.id.WorkspaceId;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Looks for budgets to rebuild, again and again, through all workspaces now and then, and compares counters with the
 * ledger; of several services one at a time compares.
 */
public final class Rebuilding implements AutoCloseable {

    private static final String PART = "rebuild";
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final int LOOKS_PER_SWEEP = 60;
    private static final String COMPARING = "compare";

    /** Any number that nobody else locks. */
    private static final long LOCK = 0x7261_7465_6c65_6467L;

    private final WatchedBudgets budgets;
    private final Rebuilder rebuilder;
    private final Reconciler reconciler;
    private final Exclusive exclusive;
    private final Duration compareEvery;
    private final IntakeProgress intake;
    private final AlertsStatus status;
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(
            2, Thread.ofPlatform().name("rebuild-", 0).factory());
    private int looks;

    /** @param corrections the journals of those of a workspace that are not counted yet */
    public Rebuilding(
            WatchedBudgets budgets,
            Counters counters,
            ClickHouse clickHouse,
            KafkaSettings kafka,
            Exclusive exclusive,
            Function<WorkspaceId, List<UUID>> corrections,
            Duration compareEvery,
            Clock clock,
            AlertsStatus status) {
        ChargedSpend charged = new ChargedSpend(clickHouse);
        this.budgets = budgets;
        this.exclusive = exclusive;
        this.compareEvery = compareEvery;
        this.reconciler = new Reconciler(counters, charged, corrections, clock);
        this.intake = new IntakeProgress(kafka);
        this.rebuilder =
                new Rebuilder(counters, new Ledger(budgets, charged, new UnchargedSpend(clickHouse)), intake, clock);
        this.status = status;
    }

    public void start() {
        var _ = timer.scheduleWithFixedDelay(this::look, 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        long pause = compareEvery.toMillis();
        var _ = timer.scheduleWithFixedDelay(
                () -> status.attempt(COMPARING, this::compare), pause, pause, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        timer.close();
        intake.close();
    }

    private void compare() {
        boolean mine = exclusive.run(LOCK, () -> status.reconciled(reconciler.look(budgets.workspaces())));
        if (!mine) {
            reconciler.forget();
        }
    }

    /** What one of these cannot do keeps the others from nothing. */
    private void look() {
        boolean works = true;
        if (looks++ % LOOKS_PER_SWEEP == 0) {
            works = attempt(() -> rebuilder.sweep(budgets.workspaces()));
        }
        works &= attempt(() -> {
            try {
                rebuilder.advance();
            } finally {
                status.rebuilding(rebuilder.open(), rebuilder.rebuilt());
            }
        });
        if (works) {
            status.works(PART);
        }
    }

    private boolean attempt(Runnable work) {
        try {
            work.run();
            return true;
        } catch (RuntimeException | Error outage) {
            status.fails(PART, outage);
            return false;
        }
    }
}
