package io.rateguard.alerts.evaluation;

import io.rateguard.alerts.management.AlertsStatus;
import io.rateguard.alerts.rule.Defaults;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Has the backstop look again and again, and new workspaces given what they are told without asking. */
public final class Looking implements AutoCloseable {

    private static final String PART = "backstop";

    private final Defaults defaults;
    private final Backstop backstop;
    private final Duration every;
    private final Runnable recorded;
    private final AlertsStatus status;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("backstop").factory());

    /** @param recorded run when there is something new to deliver */
    public Looking(Defaults defaults, Backstop backstop, Duration every, Runnable recorded, AlertsStatus status) {
        this.defaults = defaults;
        this.backstop = backstop;
        this.every = every;
        this.recorded = recorded;
        this.status = status;
    }

    public void start() {
        var _ = timer.scheduleWithFixedDelay(
                () -> status.attempt(PART, this::look), every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.close();
    }

    private void look() {
        defaults.give();
        int found = backstop.look();
        status.found(found);
        if (found > 0) {
            recorded.run();
        }
    }
}
