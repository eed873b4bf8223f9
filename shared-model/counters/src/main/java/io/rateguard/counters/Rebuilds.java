package io.rateguard.counters;

import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.money.Money;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Counts budgets anew when the store has lost what it counted. A workspace's next epoch begins; each proxy reports what
 * it has charged since it started, and what its requests under way hold; then the epoch closes, and what the ledger
 * knows of all other journals is added; then the epoch is trusted. Until then no budget of the workspace admits.
 */
public final class Rebuilds {

    private static final String FLEET = "rl:proxies:{fleet}";
    private static final String COLD = "rl:cold:{fleet}";
    private static final String LEDGER = "ledger";
    private static final int TOGETHER = 32;
    private static final long IN_ANY_CASE = -1;

    private final Function<ScriptCall, CompletionStage<Reply>> scripts;
    private final Function<String, CompletionStage<Boolean>> isCounting;
    private final Supplier<String> nowMillis;
    private final long holdLifeMillis;
    private final Map<WorkspaceId, Long> reportedIn = new ConcurrentHashMap<>();
    private final Set<WorkspaceId> cold = ConcurrentHashMap.newKeySet();
    private final Set<WorkspaceId> reported = ConcurrentHashMap.newKeySet();

    /** @param isCounting whether a run of a server still counts: then it has handed over what it does not know any more */
    Rebuilds(
            Function<ScriptCall, CompletionStage<Reply>> scripts,
            Function<String, CompletionStage<Boolean>> isCounting,
            Supplier<String> nowMillis,
            long holdLifeMillis) {
        this.scripts = scripts;
        this.isCounting = isCounting;
        this.nowMillis = nowMillis;
        this.holdLifeMillis = holdLifeMillis;
    }

    /**
     * What was charged to a window before its counter was lost.
     *
     * @param seeded of that, what was spent before its budget was known
     * @param lowered by how much corrections have lowered it: a counter that comes back may stand before them
     */
    public record Report(BudgetWindowRef window, Money charged, Money seeded, Money lowered) {

        public Report {
            Amounts.requireCounted("chargedNanos", charged.nanos());
            Amounts.requireCounted("seededNanos", seeded.nanos());
            Amounts.requireCounted("loweredNanos", lowered.nanos());
        }

        public Report(BudgetWindowRef window, Money charged, Money seeded) {
            this(window, charged, seeded, Money.ZERO);
        }
    }

    /** A request under way, and the holds that were lost. */
    public record UnderWay(RequestId request, long chargedAtMillis, List<BudgetClaim> budgets) {

        public UnderWay {
            budgets = List.copyOf(budgets);
        }
    }

    /**
     * How far a rebuild is.
     *
     * @param age since the epoch began
     * @param reports the journals of each proxy that has reported, by the proxy's name
     */
    public record Progress(Epoch epoch, Duration age, Map<String, List<UUID>> reports) {

        public Progress {
            reports = Map.copyOf(reports);
        }
    }

    /** The proxies that are alive, and the workspaces whose budgets are to be rebuilt. */
    public record Fleet(Set<String> proxies, Set<WorkspaceId> cold) {

        public Fleet {
            proxies = Set.copyOf(proxies);
            cold = Set.copyOf(cold);
        }
    }

    /** Workspaces that this process has found cold, until {@link #warm} is said of them. */
    public Set<WorkspaceId> cold() {
        return Set.copyOf(cold);
    }

    public boolean isCold(WorkspaceId workspace) {
        return cold.contains(workspace);
    }

    /** Says that a workspace was found, or is said to be, cold. */
    public void foundCold(WorkspaceId workspace) {
        cold.add(workspace);
    }

    public void warm(WorkspaceId workspace) {
        cold.remove(workspace);
    }

    /** The epoch that this process has last reported in or counted in; {@link Epoch#NONE}: it has nothing to report. */
    public long reportedIn(WorkspaceId workspace) {
        return reportedIn.getOrDefault(workspace, Epoch.NONE);
    }

    /** Whether this process has taken part in a rebuild: then the ledger has told what earlier runs charged. */
    public boolean hasReported(WorkspaceId workspace) {
        return reported.contains(workspace);
    }

    void countedIn(WorkspaceId workspace, long epoch) {
        if (epoch != Epoch.NONE) {
            reportedIn.putIfAbsent(workspace, epoch);
        }
    }

    /**
     * Lets a workspace be counted from nothing, since nothing was ever admitted for it.
     *
     * @return false when it was counted before
     */
    public CompletionStage<Boolean> initialise(WorkspaceId workspace) {
        return initialise(workspace, Duration.ZERO);
    }

    /**
     * As {@link #initialise(WorkspaceId)}, for a workspace that is soon forgotten.
     *
     * @param life zero: for ever
     */
    public CompletionStage<Boolean> initialise(WorkspaceId workspace, Duration life) {
        return scripts.apply(call(Script.INITIALISE, workspace)
                        .argument(nowMillis.get())
                        .argument(life.toMillis()))
                .thenApply(Rebuilds::yes);
    }

    /** Begins the next epoch where one is needed, or tells how far the present one is. */
    public CompletionStage<Epoch> raise(WorkspaceId workspace) {
        return scripts.apply(
                        call(Script.RAISE, workspace).argument(nowMillis.get()).argument(reportedIn(workspace)))
                .thenApply(Rebuilds::epoch);
    }

    /** Begins the next epoch in any case, so that what has come into the ledger meanwhile counts. */
    public CompletionStage<Epoch> begin(WorkspaceId workspace) {
        return scripts.apply(
                        call(Script.RAISE, workspace).argument(nowMillis.get()).argument(IN_ANY_CASE))
                .thenApply(Rebuilds::epoch);
    }

    /** False when the epoch takes no reports of proxies any more. */
    public CompletionStage<Boolean> report(
            WorkspaceId workspace, long epoch, String reporter, Collection<Report> reports) {
        return report(workspace, epoch, Epoch.State.REBUILDING, reporter, List.copyOf(reports));
    }

    /** What the ledger knows of the journals of all who have not reported; false when the epoch is not closing. */
    public CompletionStage<Boolean> reportLedger(WorkspaceId workspace, long epoch, Collection<Report> reports) {
        return report(workspace, epoch, Epoch.State.CLOSING, LEDGER, List.copyOf(reports));
    }

    /** Holds again what was held; false when the epoch takes no reports of proxies any more. */
    public CompletionStage<Boolean> rehold(WorkspaceId workspace, long epoch, List<UnderWay> requests) {
        Keys keys = new Keys(workspace);
        return inParts(requests, part -> {
            ScriptCall call = call(Script.REHOLD, workspace)
                    .argument(epoch)
                    .argument(nowMillis.get())
                    .argument(holdLifeMillis);
            for (UnderWay each : part) {
                call.key(keys.request(each.request()))
                        .argument(each.request().value())
                        .argument(each.chargedAtMillis())
                        .argument(each.budgets().size());
                for (BudgetClaim budget : each.budgets()) {
                    call.budgetKeys(keys.budget(budget.budget().id(), budget.window()))
                            .expiry(budget.window())
                            .argument(budget.hold().nanos());
                }
            }
            return call;
        });
    }

    /** Says that a proxy has reported everything; false when the epoch takes no reports of proxies any more. */
    public CompletionStage<Boolean> reported(WorkspaceId workspace, long epoch, UUID proxy, List<UUID> journals) {
        String names = journals.stream().map(UUID::toString).collect(Collectors.joining(","));
        return scripts.apply(call(Script.REPORTED, workspace)
                        .argument(epoch)
                        .argument(proxy.toString())
                        .argument(names))
                .thenApply(Rebuilds::yes)
                .thenApply(taken -> {
                    if (taken) {
                        reported.add(workspace);
                        reportedIn.put(workspace, epoch);
                    }
                    return taken;
                });
    }

    /** Takes no reports of proxies from now on; false when another epoch has begun. */
    public CompletionStage<Boolean> close(WorkspaceId workspace, long epoch) {
        return advance(workspace, epoch, Epoch.State.REBUILDING, Epoch.State.CLOSING);
    }

    /** Lets the workspace's budgets admit again; false when another epoch has begun. */
    public CompletionStage<Boolean> trust(WorkspaceId workspace, long epoch) {
        return advance(workspace, epoch, Epoch.State.CLOSING, Epoch.State.TRUSTED);
    }

    public CompletionStage<Progress> progress(WorkspaceId workspace) {
        return scripts.apply(call(Script.REBUILT, workspace).argument(nowMillis.get()))
                .thenApply(reply -> {
                    Map<String, List<UUID>> reports = new LinkedHashMap<>();
                    for (int i = 3; i < reply.values().size(); i += 2) {
                        reports.put(reply.text(i), journals(reply.text(i + 1)));
                    }
                    return new Progress(epoch(reply), Duration.ofMillis(reply.number(2)), reports);
                });
    }

    /** Tells the others that the budgets of a workspace are to be rebuilt, or are no more. */
    public CompletionStage<Void> say(WorkspaceId workspace, boolean toBeRebuilt) {
        return scripts.apply(new ScriptCall(Script.COLD)
                        .key(COLD)
                        .argument(workspace.toString())
                        .argument(toBeRebuilt ? 1 : 0))
                .thenAccept(said -> {});
    }

    public CompletionStage<Fleet> fleet() {
        return scripts.apply(new ScriptCall(Script.FLEET).key(FLEET).key(COLD).argument(nowMillis.get()))
                .thenApply(reply -> {
                    int proxies = (int) reply.number(0);
                    return new Fleet(
                            new HashSet<>(reply.texts(1, 1 + proxies)),
                            workspaces(reply.texts(1 + proxies, reply.values().size())));
                });
    }

    /** As {@link Counters#heartbeat}; what is to be rebuilt counts as found cold. */
    CompletionStage<Integer> heartbeat(UUID proxy, Duration life) {
        return scripts.apply(new ScriptCall(Script.HEARTBEAT)
                        .key(FLEET)
                        .key(COLD)
                        .argument(proxy.toString())
                        .argument(nowMillis.get())
                        .argument(life.toMillis()))
                .thenApply(reply -> {
                    cold.addAll(workspaces(reply.texts(1, reply.values().size())));
                    return (int) reply.number(0);
                });
    }

    /** Whether another server, whose run this is, has handed the workspace over to the present one, which counts on. */
    CompletionStage<Boolean> handedOver(WorkspaceId workspace, String run) {
        if (run.isEmpty()) {
            return CompletableFuture.completedStage(false);
        }
        return isCounting
                .apply(run)
                .thenCompose(still -> still
                        ? scripts.apply(call(Script.ADOPT, workspace).argument(run))
                                .thenApply(adopted -> true)
                        : CompletableFuture.completedStage(false));
    }

    private CompletionStage<Boolean> report(
            WorkspaceId workspace, long epoch, Epoch.State state, String reporter, List<Report> reports) {
        Keys keys = new Keys(workspace);
        return inParts(reports, part -> {
            ScriptCall call = call(Script.REPORT, workspace)
                    .argument(epoch)
                    .argument(state.scriptName())
                    .argument(reporter);
            for (Report each : part) {
                BudgetWindowRef ref = each.window();
                call.budgetKeys(keys.budget(ref.budget(), ref.window()))
                        .expiry(ref.window())
                        .argument(each.charged().nanos())
                        .argument(each.seeded().nanos())
                        .argument(each.lowered().nanos());
            }
            return call;
        });
    }

    /** One after the other, until one is not taken. */
    private <T> CompletionStage<Boolean> inParts(List<T> all, Function<List<T>, ScriptCall> toCall) {
        CompletionStage<Boolean> taken = CompletableFuture.completedStage(true);
        for (int from = 0; from < all.size(); from += TOGETHER) {
            List<T> part = all.subList(from, Math.min(from + TOGETHER, all.size()));
            taken = taken.thenCompose(so -> so
                    ? scripts.apply(toCall.apply(part)).thenApply(Rebuilds::yes)
                    : CompletableFuture.completedStage(false));
        }
        return taken;
    }

    private CompletionStage<Boolean> advance(WorkspaceId workspace, long epoch, Epoch.State from, Epoch.State to) {
        return scripts.apply(call(Script.ADVANCE, workspace)
                        .argument(epoch)
                        .argument(from.scriptName())
                        .argument(to.scriptName()))
                .thenApply(Rebuilds::yes);
    }

    private static ScriptCall call(Script script, WorkspaceId workspace) {
        return new ScriptCall(script).key(new Keys(workspace).epoch());
    }

    private static boolean yes(Reply reply) {
        return reply.number(0) == 1;
    }

    private static Epoch epoch(Reply reply) {
        return new Epoch(reply.number(0), Epoch.State.ofScriptName(reply.text(1)));
    }

    private static List<UUID> journals(String names) {
        return names.isEmpty()
                ? List.of()
                : Arrays.stream(names.split(",")).map(UUID::fromString).toList();
    }

    private static Set<WorkspaceId> workspaces(List<String> ids) {
        return ids.stream().map(UUID::fromString).map(WorkspaceId::new).collect(Collectors.toSet());
    }
}
