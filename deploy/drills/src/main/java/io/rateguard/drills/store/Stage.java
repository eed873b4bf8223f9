package io.rateguard.drills.store;

import io.rateguard.bed.Database;
import io.rateguard.bed.Service;
import io.rateguard.counters.BudgetLevel;
import io.rateguard.counters.Epoch;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.drills.ground.Ground;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;

/** Two proxies, and a key for each promise: one under a limit, one under an elastic budget, one under a strict one. */
final class Stage {

    static final int PROXIES = 2;
    static final int LIMIT = 60;

    /** So many of the limit a proxy lets pass by itself. */
    static final int SHARE = LIMIT / PROXIES;

    private static final long LARGE_NANOS = 1_000_000_000_000L;
    private static final Duration REBUILT = Duration.ofSeconds(120);
    private static final Duration RECORDED = Duration.ofSeconds(30);

    private final Ground ground;
    private final long seed;
    private final Duration window;
    private final Ground.Ledger ledger;
    private final WorkspaceId workspace;
    private final Database.Key limited;
    private final Database.Key elastic;
    private final Database.Key strict;
    private final List<BudgetId> budgets;
    private final Set<String> unexpected = new TreeSet<>();

    /** @param window of the limit; so long each fault is watched before and after */
    Stage(Ground ground, long seed, Duration window) {
        this.ground = ground;
        this.window = window;
        this.seed = seed;
        workspace = ground.workspace("drill");
        Database database = ground.database();
        limited = database.key(workspace, "limited");
        elastic = database.key(workspace, "elastic");
        strict = database.key(workspace, "strict");
        database.limit(
                workspace,
                "limit",
                "{\"key\":\"" + limited.id() + "\"}",
                "[]",
                "{\"algorithm\":\"sliding-window\",\"unit\":\"requests\",\"max\":%s,\"windowSeconds\":%s}"
                        .formatted(LIMIT, window.toSeconds()));
        budgets = List.of(
                database.budget(workspace, "elastic", "key", elastic.id().toString(), LARGE_NANOS, "elastic"),
                database.budget(workspace, "strict", "key", strict.id().toString(), LARGE_NANOS, "strict"));
        ledger = ground.startLedger();
        for (int i = 0; i < PROXIES; i++) {
            ground.startProxy(Map.of());
        }
    }

    Ground.Ledger ledger() {
        return ledger;
    }

    /** Whether budgets admit by what is counted of them. */
    boolean isTrusted() {
        return ground.counters()
                        .rebuilds()
                        .progress(workspace)
                        .toCompletableFuture()
                        .join()
                        .epoch()
                        .state()
                == Epoch.State.TRUSTED;
    }

    Database.Key limited() {
        return limited;
    }

    Database.Key strict() {
        return strict;
    }

    /** Answers that nobody should have had. */
    Set<String> unexpected() {
        return unexpected;
    }

    Outage suffer(Fault fault) {
        long goneAt;
        long backAt;
        long rightAt;
        Traffic traffic = new Traffic(ground.proxies(), List.of(limited, elastic, strict), seed);
        try (traffic) {
            pass(window);
            awaitBudgets(traffic);
            goneAt = System.currentTimeMillis();
            fault.begin().accept(ground);
            pass(fault.away());
            fault.end().accept(ground);
            backAt = System.currentTimeMillis();
            pass(window);
            awaitBudgets(traffic);
            pass(window);
            rightAt = System.currentTimeMillis();
        }
        unexpected.addAll(traffic.unexpected());
        return new Outage(
                fault,
                goneAt,
                rightAt,
                traffic.untilExact(backAt, List.of(limited)),
                traffic.untilExact(backAt, List.of(elastic, strict)),
                differenceOnceQuiet());
    }

    private void awaitBudgets(Traffic traffic) {
        Ground.await(
                "budgets that admit",
                REBUILT,
                () -> traffic.passes(elastic)
                        && traffic.passes(strict)
                        && ground.proxies().stream()
                                .allMatch(proxy -> proxy.metric("rateguard_budgets_rebuilding") == 0));
    }

    /** As soon as it is none; as it stands when it does not become none. */
    private long differenceOnceQuiet() {
        Ground.await(
                "proxies that have nothing under way",
                RECORDED,
                () -> ground.proxies().stream().allMatch(Stage::isQuiet));
        Ground.within(RECORDED, () -> difference() == 0);
        return difference();
    }

    private static boolean isQuiet(Service proxy) {
        return proxy.metric("rateguard_exchanges_open") == 0
                && proxy.metric("rateguard_settlements_open") == 0
                && proxy.metric("rateguard_degraded_uncharged_nanos") == 0;
    }

    private long difference() {
        long difference = 0;
        for (BudgetId budget : budgets) {
            BudgetLevel level = ground.level(workspace, budget);
            difference += level.spent().nanos()
                    + level.held().nanos()
                    - ledger.charged(workspace, budget).nanos();
        }
        return difference;
    }

    private static void pass(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
