package io.rateguard.proxy.forward;

import io.rateguard.counters.BudgetClaim;
import io.rateguard.counters.BudgetWindowRef;
import io.rateguard.counters.Counters;
import io.rateguard.counters.Epoch;
import io.rateguard.counters.Rebuilds;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.money.Money;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Charges budgets for what was let through while the store did not answer, once it does. What a window is to be charged
 * is summed up, so that an outage of any length takes as much memory as there are windows; each sum has a cause of its
 * own, by which it is charged once however often it is sent. What a dying process had summed up stands in events only.
 * Of a workspace whose budgets are being rebuilt nothing is charged, but reported.
 */
public final class DegradedCharges implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DegradedCharges.class);

    private static final long LOOK_MILLIS = 250;
    private static final Duration CLOSING_WAIT = Duration.ofSeconds(1);

    private static final long CLOSING_LOOK_NANOS = 5_000_000;

    private record Window(WorkspaceId workspace, BudgetWindowRef ref) {}

    private record Charge(Window window, Money amount, UUID cause, AtomicBoolean sent) {}

    private final Counters counters;
    private final LongSupplier nowMillis;
    private final Map<Window, Money> sums = new ConcurrentHashMap<>();
    private final Set<Charge> charges = ConcurrentHashMap.newKeySet();
    private final Map<Window, Money> charged = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor timer;

    public DegradedCharges(Counters counters, LongSupplier nowMillis) {
        this.counters = counters;
        this.nowMillis = nowMillis;
        timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("degraded-charges").factory());
        var _ = timer.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    void add(WorkspaceId workspace, BudgetClaim claim, Money cost) {
        if (!cost.equals(Money.ZERO)) {
            Window window =
                    new Window(workspace, new BudgetWindowRef(claim.budget().id(), claim.window()));
            sums.merge(window, cost, Money::plus);
        }
    }

    /** What budgets are still to be charged, in nano-dollars; what several budgets are charged counts for each. */
    public long nanos() {
        return sums.values().stream().mapToLong(Money::nanos).sum()
                + charges.stream().mapToLong(charge -> charge.amount().nanos()).sum();
    }

    /** All that was let through of a workspace so far, charged or not: what is reported is not charged any more. */
    Map<BudgetWindowRef, Money> report(WorkspaceId workspace) {
        for (Window window : List.copyOf(sums.keySet())) {
            Money sum = window.workspace().equals(workspace) ? sums.remove(window) : null;
            if (sum != null) {
                charged.merge(window, sum, Money::plus);
            }
        }
        for (Charge charge : List.copyOf(charges)) {
            if (charge.window().workspace().equals(workspace) && charges.remove(charge)) {
                charged.merge(charge.window(), charge.amount(), Money::plus);
            }
        }
        Map<BudgetWindowRef, Money> all = new HashMap<>();
        charged.forEach((window, sum) -> {
            if (window.workspace().equals(workspace)) {
                all.put(window.ref(), sum);
            }
        });
        return all;
    }

    /** Tries once more, and tells what could not be charged. */
    @Override
    public void close() {
        timer.shutdownNow();
        look();
        long end = System.nanoTime() + CLOSING_WAIT.toNanos();
        while (charges.stream().anyMatch(charge -> charge.sent().get()) && System.nanoTime() < end) {
            LockSupport.parkNanos(CLOSING_LOOK_NANOS);
        }
        if (nanos() > 0) {
            log.warn("{} nano-dollars were let through without Redis and are not charged to budgets", nanos());
        }
    }

    private void look() {
        if (!counters.isAnswering()) {
            return;
        }
        if (!sums.isEmpty()) {
            long now = nowMillis.getAsLong();
            charged.keySet().removeIf(window -> window.ref().isForgotten(now));
        }
        for (Window window : List.copyOf(sums.keySet())) {
            Money sum = counters.rebuilds().isCold(window.workspace()) ? null : sums.remove(window);
            while (sum != null && !sum.equals(Money.ZERO)) {
                Money part = Money.ofNanos(Math.min(sum.nanos(), Money.MAX_COUNTED_NANOS));
                charges.add(new Charge(window, part, UUID.randomUUID(), new AtomicBoolean()));
                sum = sum.minus(part);
            }
        }
        charges.forEach(this::send);
    }

    private void send(Charge charge) {
        Window window = charge.window();
        Rebuilds rebuilds = counters.rebuilds();
        if (rebuilds.isCold(window.workspace()) || charge.sent().getAndSet(true)) {
            return;
        }
        long onlyIn = rebuilds.reportedIn(window.workspace());
        var _ = counters.charge(window.workspace(), window.ref(), charge.amount(), charge.cause(), onlyIn)
                .whenComplete((epoch, failure) -> {
                    if (failure == null && epoch != Epoch.NONE) {
                        if (charges.remove(charge)) {
                            charged.merge(window, charge.amount(), Money::plus);
                        }
                        return;
                    }
                    if (failure == null) {
                        // An epoch has begun without this proxy: it may know of this by its event.
                        rebuilds.foundCold(window.workspace());
                    }
                    charge.sent().set(false);
                });
    }
}
