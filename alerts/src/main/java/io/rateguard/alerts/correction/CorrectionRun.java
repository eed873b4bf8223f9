package io.rateguard.alerts.correction;

import io.rateguard.alerts.correction.Correction.Manual;
import io.rateguard.alerts.correction.Correction.Progress;
import io.rateguard.alerts.correction.Correction.Rerate;
import io.rateguard.alerts.correction.Correction.Start;
import io.rateguard.alerts.correction.Rating.Costs;
import io.rateguard.alerts.correction.Rating.Estimated;
import io.rateguard.alerts.correction.Rating.Unpriced;
import io.rateguard.alerts.correction.Rating.Unused;
import io.rateguard.alerts.correction.Shipping.Numbered;
import io.rateguard.alerts.rebuild.Answers;
import io.rateguard.alerts.rebuild.IntakeProgress;
import io.rateguard.alerts.rule.WatchedBudgets;
import io.rateguard.analytics.question.ChargedSpend;
import io.rateguard.analytics.question.ChargedSpend.Charged;
import io.rateguard.analytics.question.CorrectableRequests;
import io.rateguard.analytics.question.CorrectableRequests.Correctable;
import io.rateguard.analytics.question.Cursor;
import io.rateguard.analytics.question.RequestFilter;
import io.rateguard.analytics.table.Marks;
import io.rateguard.counters.BudgetWindowRef;
import io.rateguard.counters.Counters;
import io.rateguard.counters.Epoch;
import io.rateguard.domain.correction.Findings;
import io.rateguard.domain.event.Adjustment;
import io.rateguard.domain.event.Decision;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.money.Money;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does one correction from where it stands to its end. */
final class CorrectionRun {

    private static final Logger log = LoggerFactory.getLogger(CorrectionRun.class);

    /** All of them are in memory at once. */
    private static final int TOGETHER = 10_000;

    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Corrections corrections;
    private final CorrectableRequests requests;
    private final Prices prices;
    private final WatchedBudgets budgets;
    private final Shipping shipping;
    private final Marks marks;
    private final IntakeProgress intake;
    private final ChargedSpend ledger;
    private final Counters counters;
    private final Clock clock;

    CorrectionRun(
            Corrections corrections,
            CorrectableRequests requests,
            Prices prices,
            WatchedBudgets budgets,
            Shipping shipping,
            Marks marks,
            IntakeProgress intake,
            ChargedSpend ledger,
            Counters counters,
            Clock clock) {
        this.corrections = corrections;
        this.requests = requests;
        this.prices = prices;
        this.budgets = budgets;
        this.shipping = shipping;
        this.marks = marks;
        this.intake = intake;
        this.ledger = ledger;
        this.counters = counters;
        this.clock = clock;
    }

    /** @throws RuntimeException when something does not answer: it may be tried again */
    void run(Correction correction) {
        Start start = correction.start() == null ? begin(correction) : correction.start();
        Findings findings;
        try {
            findings = switch (correction.wanted()) {
                case Rerate rerate -> rerate(correction, rerate, start);
                case Manual manual -> adjust(correction, manual, start);
            };
        } catch (ArithmeticException | IllegalArgumentException impossible) {
            log.warn("correction {} cannot be done any further", correction.id(), impossible);
            count(correction, start);
            corrections.failed(correction, String.valueOf(impossible.getMessage()));
            return;
        }
        if (findings.corrected() > 0) {
            count(correction, start);
        }
        corrections.done(correction);
        log.info(
                "workspace {}: correction {} has found {} of {} requests to cost something else",
                correction.workspace(),
                correction.id(),
                findings.corrected(),
                findings.requests());
    }

    private static boolean isPreview(Correction correction) {
        return correction.wanted() instanceof Rerate rerate && rerate.isPreview();
    }

    /** The ledger may show a request a moment before it counts as taken in: what had come in is waited for. */
    private Start begin(Correction correction) {
        awaitIntake(correction);
        Epoch epoch = epoch(correction.workspace());
        if (epoch.state() != Epoch.State.TRUSTED && !isPreview(correction)) {
            throw new IllegalStateException("the workspace's budgets are being counted anew");
        }
        Start start = new Start(marks.reaches(), shipping.partition(correction.workspace()), epoch.number());
        corrections.begin(correction, start);
        return start;
    }

    private Findings rerate(Correction correction, Rerate wanted, Start start) {
        RequestFilter filter = new RequestFilter(
                wanted.from(), wanted.to(), wanted.api(), null, wanted.model(), Decision.ALLOWED, null, null, Map.of());
        Rating rating = prices.of(correction.workspace(), correction.askedAt());
        Entries entries = entries(correction);
        Progress progress = correction.progress();
        while (true) {
            @Nullable Cursor after = progress.after() == null ? null : Cursor.parse(progress.after());
            List<Correctable> page =
                    requests.page(correction.workspace(), filter, start.reach(), after, TOGETHER, correction.id());
            if (page.isEmpty()) {
                return progress.findings();
            }
            List<Numbered> found = new ArrayList<>();
            Findings findings = progress.findings();
            long place = progress.place();
            for (Correctable request : page) {
                place++;
                findings = rate(request, rating, entries, place, findings, found);
            }
            if (!wanted.isPreview()) {
                shipping.send(correction.id(), start.partition(), found);
            }
            progress = new Progress(cursor(page.getLast()), place, findings);
            corrections.keep(correction, progress);
        }
    }

    private static Findings rate(
            Correctable request, Rating rating, Entries entries, long place, Findings findings, List<Numbered> found) {
        long now = request.costNanos();
        return switch (request.isSaid() ? new Estimated() : rating.rate(request.event())) {
            case Unused _ -> findings.unchanged(now);
            case Estimated _ -> findings.estimated(now);
            case Unpriced _ -> findings.unpriced(now);
            case Costs(long nanos, @Nullable String priceVersion) -> {
                Optional<Adjustment> entry = entries.toCost(request, nanos, priceVersion, null);
                entry.ifPresent(adjustment -> found.add(new Numbered(place, adjustment)));
                yield entry.isEmpty()
                        ? findings.unchanged(now)
                        : findings.corrected(
                                Objects.requireNonNullElse(
                                        request.event().call().model(), ""),
                                now,
                                nanos);
            }
        };
    }

    private Entries entries(Correction correction) {
        WorkspaceId workspace = correction.workspace();
        return new Entries(correction, budgets.ofWorkspace(workspace), budgets.keyLines(workspace));
    }

    private static String cursor(Correctable request) {
        RequestEvent event = request.event();
        return new Cursor(event.times().chargedAtMillis(), event.requestId()).toString();
    }

    private Findings adjust(Correction correction, Manual wanted, Start start) {
        Correctable request = requests.find(correction.workspace(), wanted.request(), correction.id())
                .orElseThrow(() -> new IllegalStateException("request " + wanted.request() + " is not in the ledger"));
        Entries entries = entries(correction);
        Optional<Adjustment> entry = entries.toCost(
                request, wanted.costNanos(), request.event().metering().priceVersion(), wanted.note());
        shipping.send(
                correction.id(),
                start.partition(),
                entry.map(adjustment -> new Numbered(1, adjustment)).stream().toList());
        long now = request.costNanos();
        String model = Objects.requireNonNullElse(request.event().call().model(), "");
        Findings findings = entry.isEmpty()
                ? Findings.NONE.unchanged(now)
                : Findings.NONE.corrected(model, now, wanted.costNanos());
        corrections.keep(correction, new Progress(null, 1, findings));
        return findings;
    }

    /** Has the counters of budgets tell what the ledger does, once it has every entry. */
    private void count(Correction correction, Start start) {
        if (isPreview(correction)) {
            return;
        }
        WorkspaceId workspace = correction.workspace();
        awaitIntake(correction);
        List<Charged> changes = ledger.askCorrected(workspace, clock.instant(), correction.id());
        boolean isLarge = changes.stream().anyMatch(each -> Math.abs(each.sum().nanos()) > Money.MAX_COUNTED_NANOS);
        if (isLarge || epoch(workspace).number() != start.epoch()) {
            // Nobody knows which entries the rebuild of another epoch has seen.
            Answers.of(counters.rebuilds().begin(workspace));
            Answers.of(counters.rebuilds().say(workspace, true));
            return;
        }
        for (Charged changed : changes) {
            BudgetWindowRef window = new BudgetWindowRef(changed.budget(), changed.window());
            long countedIn =
                    Answers.of(counters.correct(workspace, window, changed.sum(), correction.id(), start.epoch()));
            if (countedIn == Epoch.NONE) {
                // An epoch that begins now is counted from all entries.
                return;
            }
            corrections.keep(correction);
        }
    }

    private void awaitIntake(Correction correction) {
        Map<TopicPartition, Long> ends = intake.ends();
        while (!intake.isTakenIn(ends)) {
            corrections.keep(correction);
            LockSupport.parkNanos(PAUSE.toNanos());
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("stopped while waiting for the ledger");
            }
        }
    }

    private Epoch epoch(WorkspaceId workspace) {
        return Answers.of(counters.rebuilds().progress(workspace)).epoch();
    }
}
