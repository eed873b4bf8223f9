package io.rateguard.alerts.evaluation;

import io.rateguard.alerts.management.AlertsStatus;
import io.rateguard.alerts.rule.TimedRule;
import io.rateguard.alerts.rule.TimedRules;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Judges every timed rule once a minute; any number of services do it side by side and come to the same. */
public final class TimedWatch implements AutoCloseable {

    private static final String PART = "timed rules";

    /** How long what happened may take to the rollups. */
    private static final Duration SETTLING = Duration.ofSeconds(10);

    private final TimedRules rules;
    private final Measures measures;
    private final Incidents incidents;
    private final Duration every;
    private final Runnable recorded;
    private final Clock clock;
    private final AlertsStatus status;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("timed-rules").factory());
    private Instant judged = Instant.EPOCH;

    /** @param recorded run when there is something new to deliver */
    public TimedWatch(
            TimedRules rules,
            Measures measures,
            Incidents incidents,
            Duration every,
            Runnable recorded,
            Clock clock,
            AlertsStatus status) {
        this.rules = rules;
        this.measures = measures;
        this.incidents = incidents;
        this.every = every;
        this.recorded = recorded;
        this.clock = clock;
        this.status = status;
    }

    public void start() {
        var _ = timer.scheduleWithFixedDelay(this::look, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        timer.close();
    }

    private void look() {
        try {
            Instant end = clock.instant().minus(SETTLING).truncatedTo(ChronoUnit.MINUTES);
            if (!end.isAfter(judged)) {
                return;
            }
            boolean works = true;
            for (TimedRule rule : rules.all()) {
                works &= judge(rule, end);
            }
            if (works) {
                judged = end;
                status.works(PART);
            }
        } catch (RuntimeException outage) {
            status.fails(PART, outage);
        }
    }

    /** What one rule cannot be asked keeps the others from nothing. */
    private boolean judge(TimedRule rule, Instant end) {
        try {
            int changes = incidents.record(rule, measures.of(rule, end), end);
            status.judged(changes);
            if (changes > 0) {
                recorded.run();
            }
            return true;
        } catch (RuntimeException outage) {
            status.fails(PART, outage);
            return false;
        }
    }
}
