package io.rateguard.proxy.forward;

import io.rateguard.counters.BudgetClaim;
import io.rateguard.counters.BudgetSettlement;
import io.rateguard.counters.Counters;
import io.rateguard.counters.LimitClaim;
import io.rateguard.counters.LimitSettlement;
import io.rateguard.counters.Settled;
import io.rateguard.counters.Settlement;
import io.rateguard.domain.budget.BudgetWindow;
import io.rateguard.domain.event.BudgetCrossed;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.money.Money;
import io.rateguard.proxy.journal.JournalWriter;
import io.rateguard.proxy.record.Bill;
import io.rateguard.proxy.stage.Admitted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns holds into charges after the answer has gone. Settling is idempotent, so what fails is tried again until its
 * hold would have lapsed; what is lost even then lapses into a charge and is settled from the journal at the next start.
 */
public final class Settlements {

    private static final Logger log = LoggerFactory.getLogger(Settlements.class);

    private static final List<Duration> PAUSES = List.of(
            Duration.ofMillis(100),
            Duration.ofMillis(500),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(15),
            Duration.ofSeconds(30));

    private final Counters counters;
    private final AtomicLong open = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    public Settlements(Counters counters) {
        this.counters = counters;
    }

    /** @param journal of the request's event loop: told of the thresholds that this brings about */
    void settle(Admitted admitted, Bill bill, JournalWriter journal) {
        if (admitted.claim().isEmpty()) {
            return;
        }
        List<LimitSettlement> limits = new ArrayList<>(admitted.claim().limits().size());
        for (LimitClaim claim : admitted.claim().limits()) {
            long actual = claim.rule().amountOf(bill.usage(), bill.cost());
            limits.add(new LimitSettlement(claim.rule(), claim.partition(), claim.amount(), actual));
        }
        List<BudgetSettlement> budgets = admitted.claim().budgets().stream()
                .map(claim -> new BudgetSettlement(
                        claim.budget().id(),
                        claim.window(),
                        bill.cost(),
                        claim.budget().thresholds()))
                .toList();
        start(
                new Settlement(
                        admitted.claim().workspace(),
                        admitted.claim().request(),
                        admitted.chargedAtMillis(),
                        limits,
                        budgets),
                (settlement, settled) -> told(admitted, settlement, settled, journal));
    }

    /**
     * Settles what an earlier run recorded and may not have settled. It names no thresholds: the window's next
     * settlement does.
     */
    public void settle(RequestEvent recorded) {
        List<BudgetSettlement> budgets = recorded.charges().stream()
                .map(charge -> new BudgetSettlement(
                        charge.budget(),
                        new BudgetWindow(charge.window(), charge.windowStartMillis(), charge.windowEndMillis()),
                        Money.ofNanos(charge.chargedNanos())))
                .toList();
        if (!budgets.isEmpty()) {
            start(
                    new Settlement(
                            recorded.caller().workspace(),
                            recorded.requestId(),
                            recorded.times().chargedAtMillis(),
                            List.of(),
                            budgets),
                    (settlement, settled) -> open.decrementAndGet());
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

    private void start(Settlement settlement, BiConsumer<Settlement, Settled> done) {
        open.incrementAndGet();
        attempt(settlement, done, 0);
    }

    private void attempt(Settlement settlement, BiConsumer<Settlement, Settled> done, int failures) {
        counters.settle(settlement).whenComplete((settled, failure) -> {
            if (failure == null) {
                done.accept(settlement, settled);
            } else if (failures < PAUSES.size()) {
                Executor later =
                        CompletableFuture.delayedExecutor(PAUSES.get(failures).toMillis(), TimeUnit.MILLISECONDS);
                later.execute(() -> attempt(settlement, done, failures + 1));
            } else {
                open.decrementAndGet();
                failed.incrementAndGet();
                log.warn(
                        "settle of {} given up, its hold lapses into a charge: {}",
                        settlement.request(),
                        failure.getMessage());
            }
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
