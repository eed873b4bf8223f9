package io.rateguard.alerts.rebuild;

import io.rateguard.analytics.question.ChargedSpend;
import io.rateguard.analytics.question.ChargedSpend.Charged;
import io.rateguard.counters.BudgetLevel;
import io.rateguard.counters.BudgetWindowRef;
import io.rateguard.counters.Counters;
import io.rateguard.counters.Epoch;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.money.Money;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares what windows of budgets have spent with what the ledger says they were charged. A counter is ahead of the
 * ledger as long as events are on their way; one that is behind it has missed something, and is given what it lacked at
 * two looks in a row. It is never given less: what was counted without an event stays, on the safe side. Corrections under
 * way are left out, since they are counted when all of theirs is in the ledger.
 */
final class Reconciler {

    private static final Logger log = LoggerFactory.getLogger(Reconciler.class);

    private static final int TOGETHER = 64;

    private record Window(WorkspaceId workspace, BudgetWindowRef ref) {}

    private final Counters counters;
    private final ChargedSpend ledger;
    private final Function<WorkspaceId, List<UUID>> corrections;
    private final Clock clock;
    private Map<Window, Long> lacking = Map.of();

    /** @param corrections the journals of those of a workspace that are not counted yet */
    Reconciler(Counters counters, ChargedSpend ledger, Function<WorkspaceId, List<UUID>> corrections, Clock clock) {
        this.counters = counters;
        this.ledger = ledger;
        this.corrections = corrections;
        this.clock = clock;
    }

    /**
     * Looks once.
     *
     * @return how many nano-dollars counters were given
     * @throws IllegalStateException when counters or ledger do not answer
     */
    long look(Collection<WorkspaceId> workspaces) {
        Map<Window, Long> now = new HashMap<>();
        long given = 0;
        for (WorkspaceId workspace : workspaces) {
            Epoch epoch = Answers.of(counters.rebuilds().progress(workspace)).epoch();
            if (epoch.state() == Epoch.State.TRUSTED) {
                given += look(workspace, epoch.number(), now);
            }
        }
        lacking = now;
        return given;
    }

    /** What was lacking long ago says nothing of now. */
    void forget() {
        lacking = Map.of();
    }

    private long look(WorkspaceId workspace, long epoch, Map<Window, Long> now) {
        List<Charged> charged = ledger.ask(workspace, clock.instant(), corrections.apply(workspace));
        long given = 0;
        for (int from = 0; from < charged.size(); from += TOGETHER) {
            List<Charged> part = charged.subList(from, Math.min(from + TOGETHER, charged.size()));
            List<BudgetWindowRef> refs = new ArrayList<>();
            part.forEach(each -> refs.add(new BudgetWindowRef(each.budget(), each.window())));
            List<BudgetLevel> levels = Answers.of(counters.budgetLevels(workspace, refs));
            for (int i = 0; i < part.size(); i++) {
                long lacks = part.get(i).sum().nanos() - levels.get(i).spent().nanos();
                if (lacks > 0) {
                    given += behind(new Window(workspace, refs.get(i)), part.get(i), epoch, lacks, now);
                }
            }
        }
        return given;
    }

    private long behind(Window window, Charged charged, long epoch, long lacks, Map<Window, Long> now) {
        long missed = lacks
                - ledger.askDegraded(window.workspace(), charged.budget(), charged.window())
                        .nanos();
        if (missed <= 0) {
            return 0;
        }
        long before = lacking.getOrDefault(window, 0L);
        long amount = Math.min(Math.min(before, missed), Money.MAX_COUNTED_NANOS);
        if (amount == 0) {
            now.put(window, missed);
            return 0;
        }
        long chargedIn = Answers.of(
                counters.charge(window.workspace(), window.ref(), Money.ofNanos(amount), UUID.randomUUID(), epoch));
        if (chargedIn == Epoch.NONE) {
            return 0;
        }
        log.warn(
                "workspace {}: budget {} had missed {} nano-dollars of {} that the ledger has: added",
                window.workspace(),
                charged.budget(),
                amount,
                charged.window().name());
        return amount;
    }
}
