package io.rateguard.proxy.forward;

import io.rateguard.counters.BudgetWindowRef;
import io.rateguard.counters.Epoch;
import io.rateguard.domain.budget.BudgetWindow;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.money.Money;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * What the events of one journal have charged to windows of budgets, but for those that passed without the store. Used
 * by the journal's event loop only, so that a look at it and at the loop's open calls fit together.
 */
final class OwnCharges {

    /** Windows that have ended are not counted anew. */
    private static final long KEPT_AFTER_WINDOW_MILLIS = Duration.ofHours(1).toMillis();

    private static final int LEAST_TO_SWEEP = 10_000;

    private final Map<WorkspaceId, OfWorkspace> workspaces = new HashMap<>();
    private int windows;
    private int sweepAt = LEAST_TO_SWEEP;

    private static final class OfWorkspace {
        private final Map<BudgetWindowRef, Money> charged = new HashMap<>();
        private long reportedIn = Epoch.NONE;
    }

    void add(RequestEvent event, long nowMillis) {
        if (event.charges().isEmpty() || event.verdict().degraded()) {
            return;
        }
        OfWorkspace workspace = workspaces.computeIfAbsent(event.caller().workspace(), unseen -> new OfWorkspace());
        for (RequestEvent.Charge charge : event.charges()) {
            BudgetWindow window =
                    new BudgetWindow(charge.window(), charge.windowStartMillis(), charge.windowEndMillis());
            int before = workspace.charged.size();
            workspace.charged.merge(
                    new BudgetWindowRef(charge.budget(), window), Money.ofNanos(charge.chargedNanos()), Money::plus);
            windows += workspace.charged.size() - before;
        }
        if (windows >= sweepAt) {
            sweep(nowMillis);
        }
    }

    /** The epoch in which this was last reported; {@link Epoch#NONE}: in none. */
    long reportedIn(WorkspaceId workspace) {
        OfWorkspace known = workspaces.get(workspace);
        return known == null ? Epoch.NONE : known.reportedIn;
    }

    /** All that was charged so far, for a report in this epoch: what is charged from now on is not in it. */
    Map<BudgetWindowRef, Money> report(WorkspaceId workspace, long epoch) {
        OfWorkspace known = workspaces.computeIfAbsent(workspace, unseen -> new OfWorkspace());
        known.reportedIn = epoch;
        return Map.copyOf(known.charged);
    }

    private void sweep(long nowMillis) {
        windows = 0;
        for (OfWorkspace workspace : workspaces.values()) {
            workspace.charged.keySet().removeIf(ref -> ref.window().endMillis() < nowMillis - KEPT_AFTER_WINDOW_MILLIS);
            windows += workspace.charged.size();
        }
        sweepAt = Math.max(LEAST_TO_SWEEP, 2 * windows);
    }
}
