package io.rateguard.proxy.forward;

import io.netty.channel.EventLoop;
import io.rateguard.counters.BudgetWindowRef;
import io.rateguard.counters.Counters;
import io.rateguard.counters.Rebuilds;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.money.Money;
import io.rateguard.proxy.loops.Loops;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the store what this proxy has charged and holds, for each workspace whose counters it has lost. Each event loop
 * looks at its charges and its open calls at one instant; what it then ends is settled once no report is taken any more.
 */
public final class Reports implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Reports.class);

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration LEFT_WAIT = Duration.ofSeconds(20);
    private static final int AT_ONCE = 32;

    private final UUID proxy;
    private final Rebuilds rebuilds;
    private final Loops loops;
    private final List<OwnCharges> charges;
    private final List<UUID> journals;
    private final DegradedCharges degraded;
    private final BooleanSupplier leftIsShipped;
    private final long startedNanos = System.nanoTime();
    private final Collection<Exchange> open;
    private final Map<WorkspaceId, Snapshot> snapshots = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor timer;

    /**
     * @param charges of each loop, in the loops' order
     * @param journals of each loop, in that order
     * @param leftIsShipped whether the ledger can be told all that earlier runs charged: they report through it
     */
    Reports(
            UUID proxy,
            Counters counters,
            Loops loops,
            List<OwnCharges> charges,
            List<UUID> journals,
            DegradedCharges degraded,
            BooleanSupplier leftIsShipped,
            Collection<Exchange> open) {
        this.proxy = proxy;
        this.rebuilds = counters.rebuilds();
        this.loops = loops;
        this.charges = charges;
        this.journals = journals;
        this.degraded = degraded;
        this.leftIsShipped = leftIsShipped;
        this.open = open;
        timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("reports").factory());
        var _ = timer.scheduleWithFixedDelay(this::look, PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What one loop has charged, and the calls that it had open at that instant. */
    private record OfLoop(String reporter, Map<BudgetWindowRef, Money> charged, List<Rebuilds.UnderWay> underWay) {}

    /** What is reported in one epoch, however often it is sent; by one sender at a time. */
    private record Snapshot(
            long epoch, CompletionStage<List<OfLoop>> loops, CompletableFuture<Void> arrived, AtomicBoolean sending) {}

    @Override
    public void close() {
        timer.shutdownNow();
        snapshots.values().forEach(snapshot -> snapshot.arrived().complete(null));
    }

    private void look() {
        List<WorkspaceId> cold = List.copyOf(rebuilds.cold());
        forget(cold);
        for (int from = 0; from < cold.size(); from += AT_ONCE) {
            List<CompletableFuture<Void>> looks = new ArrayList<>();
            for (WorkspaceId workspace : cold.subList(from, Math.min(from + AT_ONCE, cold.size()))) {
                looks.add(look(workspace).toCompletableFuture());
            }
            try {
                CompletableFuture.allOf(looks.toArray(CompletableFuture[]::new))
                        .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                        .join();
            } catch (RuntimeException away) {
                log.debug("not reported now: {}", away.toString());
            }
        }
    }

    private CompletionStage<Void> look(WorkspaceId workspace) {
        return rebuilds.raise(workspace).thenCompose(epoch -> switch (epoch.state()) {
            case REBUILDING -> report(workspace, epoch.number());
            case TRUSTED -> {
                arrived(workspace);
                rebuilds.warm(workspace);
                yield CompletableFuture.<Void>completedStage(null);
            }
            case CLOSING -> {
                arrived(workspace);
                yield CompletableFuture.<Void>completedStage(null);
            }
            case LOST -> CompletableFuture.<Void>completedStage(null);
        });
    }

    private CompletionStage<Void> report(WorkspaceId workspace, long epoch) {
        boolean waits = !leftIsShipped.getAsBoolean() && System.nanoTime() - startedNanos < LEFT_WAIT.toNanos();
        if (waits || rebuilds.reportedIn(workspace) == epoch) {
            return rebuilds.say(workspace, true);
        }
        Snapshot snapshot = snapshots.compute(
                workspace,
                (same, last) -> last != null && last.epoch() == epoch ? last : snapshot(workspace, epoch, last));
        if (snapshot.sending().getAndSet(true)) {
            return rebuilds.say(workspace, true);
        }
        return snapshot.loops()
                .thenCompose(loops -> send(workspace, epoch, loops))
                .thenCompose(taken -> taken
                        ? rebuilds.reported(workspace, epoch, proxy, journals)
                        : CompletableFuture.completedStage(false))
                .whenComplete((taken, failure) -> snapshot.sending().set(false))
                .thenCompose(taken -> rebuilds.say(workspace, true));
    }

    /** No hold is taken again any more in that epoch, so that one that is settled now stays settled. */
    private void arrived(WorkspaceId workspace) {
        Snapshot last = snapshots.get(workspace);
        if (last != null) {
            last.arrived().complete(null);
        }
    }

    private Snapshot snapshot(WorkspaceId workspace, long epoch, @Nullable Snapshot last) {
        if (last != null) {
            last.arrived().complete(null);
        }
        CompletableFuture<Void> arrived = new CompletableFuture<>();
        List<CompletableFuture<OfLoop>> parts = new ArrayList<>();
        for (EventLoop loop : loops.all()) {
            parts.add(CompletableFuture.supplyAsync(() -> ofLoop(loop, workspace, epoch, arrived), loop));
        }
        parts.add(CompletableFuture.completedFuture(
                new OfLoop(proxy + "/degraded", degraded.report(workspace), List.of())));
        CompletionStage<List<OfLoop>> all = CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new))
                .thenApply(done -> parts.stream().map(CompletableFuture::join).toList());
        return new Snapshot(epoch, all, arrived, new AtomicBoolean());
    }

    private OfLoop ofLoop(EventLoop loop, WorkspaceId workspace, long epoch, CompletionStage<Void> arrived) {
        int index = loops.indexHere(loop);
        List<Rebuilds.UnderWay> underWay = new ArrayList<>();
        for (Exchange exchange : open) {
            if (exchange.arrival().loop().equals(loop)) {
                exchange.reheld(workspace, epoch, arrived).ifPresent(underWay::add);
            }
        }
        return new OfLoop(proxy + "/" + journals.get(index), charges.get(index).report(workspace, epoch), underWay);
    }

    private CompletionStage<Boolean> send(WorkspaceId workspace, long epoch, List<OfLoop> parts) {
        CompletionStage<Boolean> taken = CompletableFuture.completedStage(true);
        for (OfLoop part : parts) {
            List<Rebuilds.Report> reports = part.charged().entrySet().stream()
                    .map(each -> new Rebuilds.Report(
                            each.getKey(),
                            Money.ofNanos(Math.min(each.getValue().nanos(), Money.MAX_COUNTED_NANOS)),
                            Money.ZERO))
                    .toList();
            taken = taken.thenCompose(ifTaken(() -> rebuilds.report(workspace, epoch, part.reporter(), reports)))
                    .thenCompose(ifTaken(() -> rebuilds.rehold(workspace, epoch, part.underWay())));
        }
        return taken;
    }

    private static Function<Boolean, CompletionStage<Boolean>> ifTaken(Supplier<CompletionStage<Boolean>> next) {
        return taken -> taken ? next.get() : CompletableFuture.completedStage(false);
    }

    /** Of workspaces that are cold no more. */
    private void forget(Collection<WorkspaceId> cold) {
        snapshots.entrySet().removeIf(each -> {
            boolean over = !cold.contains(each.getKey());
            if (over) {
                each.getValue().arrived().complete(null);
            }
            return over;
        });
    }
}
