package io.rateguard.alerts.evaluation;

import io.rateguard.alerts.management.AlertsStatus;
import io.rateguard.alerts.rule.TimedRule;
import io.rateguard.alerts.rule.TimedRules;
import io.rateguard.analytics.table.IntakeProgress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Judges every timed rule once a minute; any number of services do it side by side and come to the same. What is measured
 * in events is judged as far as the intake has come: what it lacks is no silence.
 */
public final class TimedWatch implements AutoCloseable {

    private static final String PART = "timed rules";

    /** How long what happened may take to the rollups. */
    private static final Duration SETTLING = Duration.ofSeconds(10);

    private final TimedRules rules;
    private final IntakeProgress intake;
    private final Measures measures;
    private final Incidents incidents;
    private final Duration every;
    private final Runnable recorded;
    private final Clock clock;
    private final AlertsStatus status;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("timed-rules").factory());
    private Ends judged = new Ends(Instant.EPOCH, Optional.empty());

    /** @param recorded run when there is something new to deliver */
    public TimedWatch(
            TimedRules rules,
            IntakeProgress intake,
            Measures measures,
            Incidents incidents,
            Duration every,
            Runnable recorded,
            Clock clock,
            AlertsStatus status) {
        this.rules = rules;
        this.intake = intake;
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
            Ends ends = ends(clock.instant().minus(SETTLING).truncatedTo(ChronoUnit.MINUTES));
            if (ends.equals(judged)) {
                return;
            }
            boolean works = true;
            for (TimedRule rule : rules.all()) {
                works &= judge(rule, ends);
            }
            if (works) {
                judged = ends;
                status.works(PART);
            }
        } catch (RuntimeException | Error outage) {
            status.fails(PART, outage);
        }
    }

    /** What one rule cannot be asked keeps the others from nothing. */
    private boolean judge(TimedRule rule, Ends ends) {
        Optional<Instant> known = rule.kind().readsEvents() ? ends.events() : Optional.of(ends.now());
        if (known.isEmpty()) {
            return false;
        }
        Instant end = known.get();
        try {
            int changes = incidents.record(rule, measures.of(rule, end), end);
            status.judged(changes);
            if (changes > 0) {
                recorded.run();
            }
            return true;
        } catch (RuntimeException | Error outage) {
            status.fails(PART, outage);
            return false;
        }
    }

    private Ends ends(Instant now) {
        try {
            Optional<Instant> behind = intake.ask().stream()
                    .map(IntakeProgress.Reached::at)
                    .min(Comparator.naturalOrder())
                    .filter(now::isAfter);
            return new Ends(now, Optional.of(behind.orElse(now).truncatedTo(ChronoUnit.MINUTES)));
        } catch (RuntimeException outage) {
            status.fails(PART, outage);
            return new Ends(now, Optional.empty());
        }
    }

    /**
     * Where windows end that are judged now.
     *
     * @param events nothing: how far the intake has come is not known
     */
    private record Ends(Instant now, Optional<Instant> events) {}
}
