package io.rateguard.alerts.rebuild;

import io.rateguard.counters.Counters;
import io.rateguard.counters.Epoch;
import io.rateguard.counters.Rebuilds;
import io.rateguard.counters.Rebuilds.Fleet;
import io.rateguard.counters.Rebuilds.Progress;
import io.rateguard.counters.Rebuilds.Report;
import io.rateguard.domain.id.WorkspaceId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leads the rebuild of budgets: waits for the proxies, adds what the ledger knows of all others, and lets budgets admit
 * again. Several at once do no harm: each step is taken once.
 */
final class Rebuilder {

    private static final Logger log = LoggerFactory.getLogger(Rebuilder.class);

    /** Long enough for each proxy to say that it is alive. */
    private static final Duration FOR_UNKNOWN_PROXIES = Duration.ofMillis(2_500);

    /** A proxy that leaves is forgotten then, one that was killed counts as alive for a few seconds. */
    private static final Duration REMEMBERED = Duration.ofSeconds(3);

    /** Proxies that have not reported by then are counted by their events alone. */
    private static final Duration FOR_KNOWN_PROXIES = Duration.ofSeconds(30);

    /** What has not come into the ledger by then is not waited for. */
    private static final Duration FOR_THE_INTAKE = Duration.ofSeconds(60);

    private final Rebuilds rebuilds;
    private final Ledger ledger;
    private final IntakeProgress intake;
    private final Clock clock;
    private final AtomicLong rebuilt = new AtomicLong();
    private int open;
    private final Map<WorkspaceId, Awaited> awaited = new HashMap<>();
    private final Map<String, Instant> seen = new HashMap<>();

    /** What has to be in the ledger before an epoch's part of it is added: all that was sent when it closed. */
    private record Awaited(long epoch, Map<TopicPartition, Long> ends, Instant since) {}

    Rebuilder(Counters counters, Ledger ledger, IntakeProgress intake, Clock clock) {
        this.rebuilds = counters.rebuilds();
        this.ledger = ledger;
        this.intake = intake;
        this.clock = clock;
    }

    /** How many rebuilds were led to their end. */
    long rebuilt() {
        return rebuilt.get();
    }

    /** How many workspaces were still to be rebuilt after the last look. */
    int open() {
        return open;
    }

    /**
     * Takes every rebuild as far as it goes now.
     *
     * @throws IllegalStateException when counters or ledger do not answer
     */
    void advance() {
        Fleet fleet = Answers.of(rebuilds.fleet());
        Set<WorkspaceId> cold = new HashSet<>(fleet.cold());
        remember(fleet, cold.isEmpty());
        open = cold.size();
        RuntimeException first = null;
        for (WorkspaceId workspace : cold) {
            try {
                if (advance(workspace)) {
                    open--;
                }
            } catch (RuntimeException outage) {
                first = first == null ? outage : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    /**
     * Finds workspaces whose counters are lost though nobody has asked for them since.
     *
     * @throws IllegalStateException when the counters do not answer for one of them, after the others
     */
    void sweep(Collection<WorkspaceId> workspaces) {
        RuntimeException first = null;
        for (WorkspaceId workspace : workspaces) {
            try {
                if (Answers.of(rebuilds.progress(workspace)).epoch().state() != Epoch.State.TRUSTED) {
                    Answers.of(rebuilds.raise(workspace));
                    Answers.of(rebuilds.say(workspace, true));
                }
            } catch (RuntimeException outage) {
                first = first == null ? outage : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    /** True once the workspace's budgets are trusted. */
    private boolean advance(WorkspaceId workspace) {
        Progress progress = Answers.of(rebuilds.progress(workspace));
        long epoch = progress.epoch().number();
        return switch (progress.epoch().state()) {
            case LOST -> {
                Answers.of(rebuilds.raise(workspace));
                yield false;
            }
            case REBUILDING ->
                isReported(workspace, progress)
                        && Answers.of(rebuilds.close(workspace, epoch))
                        && finish(workspace, Answers.of(rebuilds.progress(workspace)));
            case CLOSING -> finish(workspace, progress);
            case TRUSTED -> {
                Answers.of(rebuilds.say(workspace, false));
                yield true;
            }
        };
    }

    /** An emptied server knows of no proxy until each has said that it is alive: those seen lately are waited for. */
    private void remember(Fleet fleet, boolean nothingLost) {
        Instant now = clock.instant();
        fleet.proxies().forEach(proxy -> seen.put(proxy, now));
        if (nothingLost) {
            seen.values().removeIf(last -> last.isBefore(now.minus(REMEMBERED)));
        }
    }

    private boolean isReported(WorkspaceId workspace, Progress progress) {
        Set<String> missing = new HashSet<>(seen.keySet());
        missing.removeAll(progress.reports().keySet());
        if (progress.age().compareTo(FOR_KNOWN_PROXIES) >= 0) {
            if (!missing.isEmpty()) {
                log.warn(
                        "workspace {}: {} proxies have not reported what they charged, their events count: {}",
                        workspace,
                        missing.size(),
                        missing);
            }
            return true;
        }
        return missing.isEmpty() && progress.age().compareTo(FOR_UNKNOWN_PROXIES) >= 0;
    }

    private boolean finish(WorkspaceId workspace, Progress progress) {
        long epoch = progress.epoch().number();
        if (!isTakenIn(workspace, progress)) {
            return false;
        }
        List<UUID> reported =
                progress.reports().values().stream().flatMap(List::stream).toList();
        List<Report> reports = ledger.reports(workspace, clock.instant(), reported);
        boolean done = Answers.ofMany(rebuilds.reportLedger(workspace, epoch, reports))
                && Answers.of(rebuilds.trust(workspace, epoch));
        if (done) {
            awaited.remove(workspace);
            rebuilt.incrementAndGet();
            Answers.of(rebuilds.say(workspace, false));
            log.info(
                    "workspace {}: budgets are counted anew after {} s, by {} proxies and {} windows of the ledger",
                    workspace,
                    progress.age().toMillis() / 1_000.0,
                    progress.reports().size(),
                    reports.size());
        }
        return done;
    }

    /** What dead proxies have sent may still be on its way into the ledger. */
    private boolean isTakenIn(WorkspaceId workspace, Progress progress) {
        long epoch = progress.epoch().number();
        try {
            ledger.requireAnswers();
        } catch (RuntimeException away) {
            // The intake cannot go on without it: its time begins when the ledger is back.
            awaited.remove(workspace);
            throw away;
        }
        Awaited sent = awaited.compute(
                workspace,
                (same, before) -> before != null && before.epoch() == epoch
                        ? before
                        : new Awaited(epoch, intake.ends(), clock.instant()));
        if (intake.isTakenIn(sent.ends())) {
            return true;
        }
        boolean waitedEnough = clock.instant().isAfter(sent.since().plus(FOR_THE_INTAKE));
        if (waitedEnough) {
            log.warn("workspace {}: the intake lags behind, its budgets are counted anew without the rest", workspace);
        }
        return waitedEnough;
    }
}
