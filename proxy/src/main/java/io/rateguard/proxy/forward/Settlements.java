package io.rateguard.proxy.forward;

import io.rateguard.counters.BudgetClaim;
import io.rateguard.counters.BudgetSettlement;
import io.rateguard.counters.BudgetWindowRef;
import io.rateguard.counters.Claim;
import io.rateguard.counters.Counters;
import io.rateguard.counters.CountersCold;
import io.rateguard.counters.Epoch;
import io.rateguard.counters.LimitClaim;
import io.rateguard.counters.LimitSettlement;
import io.rateguard.counters.Settled;
import io.rateguard.counters.Settlement;
import io.rateguard.domain.budget.BudgetWindow;
import io.rateguard.domain.event.BudgetCrossed;
import io.rateguard.domain.event.Outcome;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.money.Money;
import io.rateguard.domain.usage.UsageSource;
import io.rateguard.proxy.dialect.Ask;
import io.rateguard.proxy.journal.JournalWriter;
import io.rateguard.proxy.local.LearnedOutputs;
import io.rateguard.proxy.local.LocalLimits;
import io.rateguard.proxy.record.Bill;
import io.rateguard.proxy.stage.Admitted;
import io.rateguard.proxy.stage.Understood;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns holds into charges after the answer has gone. Settling is idempotent, so what fails is tried again until its
 * hold would have lapsed; what is lost even then lapses into a charge and is settled from the journal at the next start.
 */
public final class Settlements {

    private static final Logger log = LoggerFactory.getLogger(Settlements.class);

    private final Counters counters;
    private final LearnedOutputs learned;
    private final LocalLimits local;
    private final DegradedCharges degraded;
    private final LongSupplier nowMillis;
    private final AtomicLong open = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    public Settlements(
            Counters counters,
            LearnedOutputs learned,
            LocalLimits local,
            DegradedCharges degraded,
            LongSupplier nowMillis) {
        this.counters = counters;
        this.learned = learned;
        this.local = local;
        this.degraded = degraded;
        this.nowMillis = nowMillis;
    }

    /** @param journal of the request's event loop: told of the thresholds that this brings about */
    void settle(Admitted admitted, Bill bill, Ended ended, JournalWriter journal) {
        learn(admitted.understood(), bill);
        if (admitted.degraded()) {
            chargeLater(admitted.claim(), bill);
        }
        if (admitted.local() != null) {
            local.settle(admitted.local(), rule -> rule.amountOf(bill.usage(), bill.cost()), nowMillis.getAsLong());
            return;
        }
        Claim counted = admitted.counted();
        if (counted.isEmpty()) {
            return;
        }
        List<LimitSettlement> limits = new ArrayList<>(counted.limits().size());
        for (LimitClaim claim : counted.limits()) {
            long actual = claim.rule().amountOf(bill.usage(), bill.cost());
            limits.add(new LimitSettlement(claim.rule(), claim.partition(), claim.amount(), actual));
        }
        List<BudgetSettlement> budgets = counted.budgets().stream()
                .map(claim -> new BudgetSettlement(
                        claim.budget().id(),
                        claim.window(),
                        bill.cost(),
                        claim.budget().thresholds(),
                        claim.budget().throttlings()))
                .toList();
        start(
                ended.reheld(),
                new Settlement(counted.workspace(), counted.request(), admitted.chargedAtMillis(), limits, budgets),
                (settlement, settled) -> {
                    if (ended.isMissedBy(settled.unknownIn())) {
                        counters.rebuilds().foundCold(counted.workspace());
                    }
                    if (ended.isLostIn(settled.unknownIn())) {
                        settlement
                                .budgets()
                                .forEach(lost -> charge(
                                        counted.workspace(),
                                        counted.request(),
                                        new BudgetWindowRef(lost.budget(), lost.window()),
                                        lost.charged(),
                                        settled.unknownIn()));
                    }
                    told(admitted, settlement, settled, journal);
                });
    }

    /**
     * Settles what an earlier run recorded and may not have settled. It names no thresholds: the window's next
     * settlement does. What that run let through by itself it has charged, or taken with it, unless it was interrupted.
     */
    public void settle(RequestEvent recorded) {
        if (recorded.charges().isEmpty()) {
            return;
        }
        if (!recorded.verdict().degraded()) {
            settleAgain(recorded);
        } else if (recorded.verdict().outcome() == Outcome.INTERRUPTED) {
            recorded.charges()
                    .forEach(charge -> charge(
                            recorded.caller().workspace(),
                            recorded.requestId(),
                            new BudgetWindowRef(charge.budget(), window(charge)),
                            Money.ofNanos(charge.chargedNanos()),
                            Epoch.NONE));
        }
    }

    /** How many are under way. */
    public long open() {
        return open.get();
    }

    /** How many were given up. */
    public long failed() {
        return failed.get();
    }

    /** Only what a provider has said to the end of a reply tells anything of the next one. */
    private void learn(Understood understood, Bill bill) {
        Ask ask = understood.ask();
        if (ask != null && ask.model() != null && bill.source() == UsageSource.PROVIDER) {
            learned.saw(
                    understood.identified().key().line(),
                    ask.model(),
                    bill.usage().outputTokens(),
                    understood.estimate().likely().outputTokens());
        }
    }

    private void chargeLater(Claim claim, Bill bill) {
        claim.budgets().forEach(budget -> degraded.add(claim.workspace(), budget, bill.cost()));
    }

    private void settleAgain(RequestEvent recorded) {
        List<BudgetSettlement> budgets = recorded.charges().stream()
                .map(charge ->
                        new BudgetSettlement(charge.budget(), window(charge), Money.ofNanos(charge.chargedNanos())))
                .toList();
        start(
                CompletableFuture.completedStage(null),
                new Settlement(
                        recorded.caller().workspace(),
                        recorded.requestId(),
                        recorded.times().chargedAtMillis(),
                        List.of(),
                        budgets),
                (settlement, settled) -> open.decrementAndGet());
    }

    /**
     * For what no hold stands. The cause is made of the request's id, so that another start charges it once.
     *
     * @param onlyIn {@link Epoch#NONE}: in any, but not once a rebuild has begun, since the ledger tells it of this
     */
    private void charge(WorkspaceId workspace, RequestId request, BudgetWindowRef window, Money amount, long onlyIn) {
        UUID cause = UUID.nameUUIDFromBytes(request.value().getBytes(StandardCharsets.US_ASCII));
        open.incrementAndGet();
        var _ = counters.persistently(() -> isTold(workspace, onlyIn)
                        ? CompletableFuture.completedStage(Epoch.NONE)
                        : counters.charge(workspace, window, amount, cause, onlyIn)
                                .exceptionallyCompose(failure -> isCold(failure) && onlyIn == Epoch.NONE
                                        ? CompletableFuture.completedStage(Epoch.NONE)
                                        : CompletableFuture.failedStage(failure)))
                .whenComplete((epoch, failure) -> {
                    open.decrementAndGet();
                    if (failure != null) {
                        failed.incrementAndGet();
                        log.warn("charge of {} given up: {}", request, failure.getMessage());
                    }
                });
    }

    /** Whether the ledger has told of what an earlier run left, so that it is not charged here any more. */
    private boolean isTold(WorkspaceId workspace, long onlyIn) {
        return onlyIn == Epoch.NONE && counters.rebuilds().hasReported(workspace);
    }

    private static boolean isCold(Throwable failure) {
        return failure instanceof CountersCold || failure.getCause() instanceof CountersCold;
    }

    private static BudgetWindow window(RequestEvent.Charge charge) {
        return new BudgetWindow(charge.window(), charge.windowStartMillis(), charge.windowEndMillis());
    }

    private void start(CompletionStage<Void> reheld, Settlement settlement, BiConsumer<Settlement, Settled> done) {
        open.incrementAndGet();
        CompletionStage<Settled> settling =
                reheld.thenCompose(held -> counters.persistently(() -> counters.settle(settlement)));
        var _ = settling.whenComplete((settled, failure) -> {
            if (failure == null) {
                done.accept(settlement, settled);
                return;
            }
            open.decrementAndGet();
            failed.incrementAndGet();
            log.warn(
                    "settle of {} given up, its hold lapses into a charge: {}",
                    settlement.request(),
                    failure.getMessage());
        });
    }

    /** Under way until the journal has it; what is lost with the process is found by looking at the counters. */
    private void told(Admitted admitted, Settlement settlement, Settled settled, JournalWriter journal) {
        if (settled.crossings().isEmpty()) {
            open.decrementAndGet();
            return;
        }
        admitted.arrival().loop().execute(() -> {
            try {
                for (Settled.Crossing crossing : settled.crossings()) {
                    journal.told(crossed(admitted, settlement, settled, crossing));
                }
            } finally {
                open.decrementAndGet();
            }
        });
    }

    private static BudgetCrossed crossed(
            Admitted admitted, Settlement settlement, Settled settled, Settled.Crossing crossing) {
        BudgetClaim claim = admitted.claim().budgets().get(crossing.budget());
        return new BudgetCrossed(
                settlement.request(),
                settlement.workspace(),
                claim.budget().id(),
                claim.window().name(),
                claim.window().startMillis(),
                claim.window().endMillis(),
                crossing.threshold().percent(),
                claim.budget().amount().nanos(),
                settled.budgets().get(crossing.budget()).spent().nanos(),
                settled.settledAtMillis());
    }
}
