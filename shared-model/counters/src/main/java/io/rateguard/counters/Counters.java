package io.rateguard.counters;

import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.limit.Concurrency;
import io.rateguard.domain.money.Money;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The counters of all workspaces. No call blocks; answers arrive on the store's threads, failed with
 * {@link CountersUnavailable} or {@link CountersOverloaded}.
 */
public final class Counters implements AutoCloseable {

    private static final long NOT_TRUSTED = -1;
    private static final long ANOTHER_EPOCH = -2;
    private static final int RENEWED_TOGETHER = 16;
    private static final String RENEWED = "1";
    private static final long TOMBSTONE_LIFE_MILLIS = Duration.ofSeconds(60).toMillis();

    private final RedisServer server;
    private final ForkJoinPool timer;
    private final ScriptRunner runner;
    private final CircuitBreaker breaker;
    private final Retries retries;
    private final AdmissionGate gate;
    private final Rebuilds rebuilds;
    private final long holdLifeMillis;
    private final Supplier<String> nowMillis;

    private Counters(CountersSettings settings, RedisServer server, Supplier<String> nowMillis) {
        this.server = server;
        this.nowMillis = nowMillis;
        holdLifeMillis = settings.holdLife().toMillis();
        runner = new ScriptRunner(server, settings.deadline(), this::later, System::nanoTime);
        timer = new ForkJoinPool(1);
        // The first time set brings its scheduler to life; event loops set the later ones.
        var _ = timer.schedule(() -> {}, 0, TimeUnit.NANOSECONDS);
        String probed = "rl:probe:{" + UUID.randomUUID() + "}";
        breaker = new CircuitBreaker(
                () -> runner.run(new ScriptCall(Script.PROBE).key(probed)), this::later, System::nanoTime);
        retries = new Retries(this::later);
        gate = new AdmissionGate(settings.inFlight(), settings.admissionWait(), this::later);
        rebuilds = new Rebuilds(
                this::run, run -> server.runs().thenApply(runs -> runs.contains(run)), nowMillis, holdLifeMillis);
    }

    /** Connects to Redis; while it cannot be reached, calls fail and the connection is sought in the background. */
    public static Counters connect(CountersSettings settings) {
        return connect(settings, () -> "");
    }

    /** With a clock in place of Redis's own: milliseconds as text. */
    static Counters connect(CountersSettings settings, Supplier<String> nowMillis) {
        return new Counters(settings, RedisServer.connect(settings), nowMillis);
    }

    /** Takes from every limit and budget of the claim, or from none of them. */
    public CompletionStage<Admission> admit(Claim claim) {
        AdmitCall admit = new AdmitCall(claim);
        return gate.pass(() -> askedToAdmit(admit).thenApply(admit::answer).thenApply(admission -> {
            switch (admission) {
                case Admission.Admitted it -> rebuilds.countedIn(claim.workspace(), it.epoch());
                case Admission.Cold it -> rebuilds.foundCold(claim.workspace());
                default -> {}
            }
            return admission;
        }));
    }

    /** The epochs of workspaces, and how their budgets are counted anew. */
    public Rebuilds rebuilds() {
        return rebuilds;
    }

    /** Replaces the request's holds by what it cost and puts its limits right, once. */
    public CompletionStage<Settled> settle(Settlement settlement) {
        SettleCall settle = new SettleCall(settlement);
        return run(settle.call(nowMillis.get())).thenApply(settle::answer);
    }

    /**
     * Lets requests of one workspace that are still under way keep their holds and leases for another hold's life.
     *
     * @return how many of them still had something to keep; the others were settled or released, or have lapsed
     */
    public CompletionStage<Integer> renew(List<Claim> underWay) {
        CompletionStage<Integer> renewed = CompletableFuture.completedStage(0);
        for (int from = 0; from < underWay.size(); from += RENEWED_TOGETHER) {
            List<Claim> together = underWay.subList(from, Math.min(from + RENEWED_TOGETHER, underWay.size()));
            CompletionStage<Integer> more = run(renewCall(together)).thenApply(reply ->
                    (int) reply.values().stream().filter(RENEWED::equals).count());
            renewed = renewed.thenCombine(more, Integer::sum);
        }
        return renewed;
    }

    /**
     * Holds as much in the budgets of a request under way as the claim says, where that is more than is held. Nothing is
     * refused: a budget may come to hold more than is left of it.
     *
     * @return how many of the budgets still hold something for it
     */
    public CompletionStage<Integer> grow(Claim underWay) {
        Keys keys = new Keys(underWay.workspace());
        ScriptCall call =
                new ScriptCall(Script.GROW).argument(underWay.request().value());
        for (BudgetClaim budget : underWay.budgets()) {
            call.budgetKeys(keys.budget(budget.budget().id(), budget.window()))
                    .expiry(budget.window())
                    .argument(budget.hold().nanos());
        }
        return run(call).thenApply(reply -> (int) reply.number(0));
    }

    /**
     * Gives back everything that the claim's request took of it; if its admission has not arrived, it will find itself
     * released.
     */
    public CompletionStage<Void> release(Claim claim) {
        return run(new AdmitCall(claim).release(nowMillis.get(), TOMBSTONE_LIFE_MILLIS))
                .thenAccept(released -> {});
    }

    /**
     * Adds to a window what was spent without an admission, such as the part of a history that falls into it. Charging
     * again for the same cause changes nothing as long as the window is kept; no threshold is named. Each cause stays
     * with its window, so this is for few and large amounts. Fails with {@link CountersCold} while the workspace's
     * budgets are being rebuilt.
     *
     * @return the epoch in which it is charged
     */
    public CompletionStage<Long> charge(WorkspaceId workspace, BudgetWindowRef window, Money amount, UUID cause) {
        return charge(workspace, window, amount, cause, Epoch.NONE);
    }

    /**
     * As {@link #charge(WorkspaceId, BudgetWindowRef, Money, UUID)}, in one epoch only: what was charged before the next
     * one is reported in it.
     *
     * @return the epoch in which it is charged, {@link Epoch#NONE} when another one has begun
     */
    public CompletionStage<Long> charge(
            WorkspaceId workspace, BudgetWindowRef window, Money amount, UUID cause, long onlyIn) {
        Amounts.requireCounted("chargedNanos", amount.nanos());
        return add(workspace, window, amount, cause, onlyIn);
    }

    /**
     * Corrects what a window has spent, up or down, in one epoch only and once for each cause.
     *
     * @return the epoch, {@link Epoch#NONE} when another one has begun
     */
    public CompletionStage<Long> correct(
            WorkspaceId workspace, BudgetWindowRef window, Money difference, UUID cause, long onlyIn) {
        Amounts.requireCounted("correctedNanos", Math.absExact(difference.nanos()));
        return add(workspace, window, difference, cause, onlyIn);
    }

    /**
     * Gives a window what was spent in it before its budget was known. A larger sum adds the difference, the same or a
     * smaller one nothing, so whoever finds out more says the whole sum again; no threshold is named. Fails with
     * {@link CountersCold} while the workspace's budgets are being rebuilt.
     */
    public CompletionStage<BudgetLevel> seed(WorkspaceId workspace, BudgetWindowRef window, Money sum) {
        Amounts.requireCounted("seededNanos", sum.nanos());
        ScriptCall call = new ScriptCall(Script.SEED)
                .key(new Keys(workspace).epoch())
                .budgetKeys(new Keys(workspace).budget(window.budget(), window.window()))
                .expiry(window.window())
                .argument(sum.nanos());
        return run(call).thenApply(reply -> unlessCold(workspace, reply).budgetLevel(1));
    }

    /** What these windows have spent and hold, in their order; a hold past its life counts as spent. */
    public CompletionStage<List<BudgetLevel>> budgetLevels(WorkspaceId workspace, List<BudgetWindowRef> windows) {
        Keys keys = new Keys(workspace);
        ScriptCall call = new ScriptCall(Script.LEVELS).argument(nowMillis.get());
        for (BudgetWindowRef ref : windows) {
            call.budgetKeys(keys.budget(ref.budget(), ref.window())).expiry(ref.window());
        }
        return windows.isEmpty() ? CompletableFuture.completedStage(List.of()) : sweptLevels(call, windows.size());
    }

    /**
     * What a window holds now and for which requests, those that lapse soonest first.
     *
     * @param most so many of them are read
     */
    public CompletionStage<Hold.Several> holds(WorkspaceId workspace, BudgetWindowRef window, int most) {
        return new HoldsCall(workspace, window, most).by(nowMillis.get(), this::run);
    }

    /**
     * Says that a proxy is alive for this long.
     *
     * @param life zero: it is leaving
     * @return how many proxies are alive
     */
    public CompletionStage<Integer> heartbeat(UUID proxy, Duration life) {
        return rebuilds.heartbeat(proxy, life);
    }

    /**
     * Tries a call that may be made twice, such as a settlement or a release, again for about the life of a hold; fails
     * with what the last try failed with.
     */
    public <T> CompletionStage<T> persistently(Supplier<CompletionStage<T>> call) {
        return retries.of(call);
    }

    /** Completes when the store answers a write; it is asked even when it has stopped answering. */
    public CompletionStage<Void> ping() {
        return breaker.probe().thenAccept(answered -> {});
    }

    /** False while nothing is asked of the store, since it does not answer. */
    public boolean isAnswering() {
        return breaker.isClosed();
    }

    @Override
    public void close() {
        timer.shutdownNow();
        server.close();
    }

    private CompletionStage<Long> add(
            WorkspaceId workspace, BudgetWindowRef window, Money amount, UUID cause, long onlyIn) {
        ScriptCall call = new ScriptCall(Script.CHARGE)
                .key(new Keys(workspace).epoch())
                .budgetKeys(new Keys(workspace).budget(window.budget(), window.window()))
                .argument(cause.toString())
                .expiry(window.window())
                .argument(amount.nanos())
                .argument(onlyIn);
        return run(call)
                .thenApply(reply -> reply.number(0) == ANOTHER_EPOCH
                        ? Epoch.NONE
                        : unlessCold(workspace, reply).number(1));
    }

    /** A server that has handed a workspace over to another one took nothing with it that is counted. */
    private CompletionStage<Reply> askedToAdmit(AdmitCall admit) {
        WorkspaceId workspace = admit.claim().workspace();
        Supplier<CompletionStage<Reply>> ask =
                () -> run(admit.call(nowMillis.get(), holdLifeMillis, rebuilds.reportedIn(workspace)));
        return ask.get()
                .thenCompose(reply -> admit.isCold(reply)
                        ? rebuilds.handedOver(workspace, admit.otherRun(reply))
                                .thenCompose(yes -> yes ? ask.get() : CompletableFuture.completedStage(reply))
                        : CompletableFuture.completedStage(reply));
    }

    private Reply unlessCold(WorkspaceId workspace, Reply reply) {
        if (reply.number(0) == NOT_TRUSTED) {
            rebuilds.foundCold(workspace);
            throw new CountersCold(workspace);
        }
        return reply;
    }

    private CompletionStage<Reply> run(ScriptCall call) {
        return breaker.call(() -> runner.run(call));
    }

    /** Callers are event loops: this pool, unlike others, takes a time and gives it up without waiting for a lock. */
    private Future<?> later(Runnable task, Duration delay) {
        return timer.isShutdown()
                ? CompletableFuture.completedFuture(null)
                : timer.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private ScriptCall renewCall(List<Claim> underWay) {
        ScriptCall call = new ScriptCall(Script.RENEW).argument(nowMillis.get()).argument(holdLifeMillis);
        for (Claim claim : underWay) {
            Keys keys = new Keys(claim.workspace());
            List<LimitClaim> leases = claim.limits().stream()
                    .filter(limit -> limit.rule().limit() instanceof Concurrency)
                    .toList();
            call.key(keys.request(claim.request()));
            leases.forEach(lease -> call.key(keys.limit(lease.rule(), lease.partition())));
            for (BudgetClaim budget : claim.budgets()) {
                String key = keys.budget(budget.budget().id(), budget.window());
                call.key(key).key(Keys.holds(key));
            }
            call.argument(claim.request().value())
                    .argument(leases.size())
                    .argument(claim.budgets().size());
        }
        return call;
    }

    private CompletionStage<List<BudgetLevel>> sweptLevels(ScriptCall call, int count) {
        return run(call)
                .thenCompose(reply -> reply.number(0) == 1
                        ? sweptLevels(call, count)
                        : CompletableFuture.completedStage(reply.budgetLevels(1, count)));
    }
}
