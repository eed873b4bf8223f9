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

    /** Where nobody knows which proxies there were: long enough for each to say that it is alive. */
    private static final Duration FOR_UNKNOWN_PROXIES = Duration.ofMillis(2_500);

    /** Proxies that have not reported by then are counted by their events alone. */
    private static final Duration FOR_KNOWN_PROXIES = Duration.ofSeconds(30);

    /** What has not come into the ledger by then is not waited for. */
    private static final Duration FOR_THE_INTAKE = Duration.ofSeconds(60);

    private final Rebuilds rebuilds;
    private final Ledger ledger;
    private final IntakeProgress intake;
    private final Clock clock;
    private final AtomicLong rebuilt = new AtomicLong();
    private final Map<WorkspaceId, Awaited> awaited = new HashMap<>();
    private Set<String> proxies = Set.of();

    /** What has to be in the ledger before an epoch's part of it is added: all that was sent when it closed. */
    private record Awaited(long epoch, Map<TopicPartition, Long> ends) {}

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

    /**
     * Takes every rebuild as far as it goes now.
     *
     * @return how many workspaces are still to be rebuilt
     * @throws IllegalStateException when counters or ledger do not answer
     */
    int advance() {
        Fleet fleet = Answers.of(rebuilds.fleet());
        Set<WorkspaceId> cold = new HashSet<>(fleet.cold());
        if (cold.isEmpty()) {
            proxies = fleet.proxies();
        }
        int open = 0;
        RuntimeException first = null;
        for (WorkspaceId workspace : cold) {
            try {
                if (!advance(workspace, fleet)) {
                    open++;
                }
            } catch (RuntimeException outage) {
                open++;
                first = first == null ? outage : first;
            }
        }
        if (first != null) {
            throw first;
        }
        return open;
    }

    /** Finds workspaces whose counters are lost though nobody has asked for them since. */
    void sweep(Collection<WorkspaceId> workspaces) {
        for (WorkspaceId workspace : workspaces) {
            if (Answers.of(rebuilds.progress(workspace)).epoch().state() != Epoch.State.TRUSTED) {
                Answers.of(rebuilds.raise(workspace));
                Answers.of(rebuilds.say(workspace, true));
            }
        }
    }

    /** True once the workspace's budgets are trusted. */
    private boolean advance(WorkspaceId workspace, Fleet fleet) {
        Progress progress = Answers.of(rebuilds.progress(workspace));
        long epoch = progress.epoch().number();
        return switch (progress.epoch().state()) {
            case LOST -> {
                Answers.of(rebuilds.raise(workspace));
                yield false;
            }
            case REBUILDING ->
                isReported(workspace, progress, fleet)
                        && Answers.of(rebuilds.close(workspace, epoch))
                        && finish(workspace, Answers.of(rebuilds.progress(workspace)));
            case CLOSING -> finish(workspace, progress);
            case TRUSTED -> {
                Answers.of(rebuilds.say(workspace, false));
                yield true;
            }
        };
    }

    private boolean isReported(WorkspaceId workspace, Progress progress, Fleet fleet) {
        Set<String> missing = new HashSet<>(fleet.proxies());
        missing.addAll(proxies);
        boolean known = !missing.isEmpty();
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
        return missing.isEmpty() && (known || progress.age().compareTo(FOR_UNKNOWN_PROXIES) >= 0);
    }

    private boolean finish(WorkspaceId workspace, Progress progress) {
        long epoch = progress.epoch().number();
        if (!isTakenIn(workspace, progress)) {
            return false;
        }
        List<UUID> reported =
                progress.reports().values().stream().flatMap(List::stream).toList();
        List<Report> reports = ledger.reports(workspace, clock.instant(), reported);
        boolean done = Answers.of(rebuilds.reportLedger(workspace, epoch, reports))
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
        if (progress.age().compareTo(FOR_THE_INTAKE) >= 0) {
            log.warn("workspace {}: the intake lags behind, its budgets are counted anew without the rest", workspace);
            return true;
        }
        Awaited sent = awaited.compute(
                workspace,
                (same, before) ->
                        before != null && before.epoch() == epoch ? before : new Awaited(epoch, intake.ends()));
        return intake.isTakenIn(sent.ends());
    }
}
