package io.rateguard.alerts.evaluation;

import io.rateguard.counters.BudgetLevel;
import io.rateguard.counters.BudgetWindowRef;
import io.rateguard.counters.Counters;
import io.rateguard.domain.id.WorkspaceId;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What the live counters have spent. */
record Levels(Counters counters) {

    private static final long PATIENCE_MILLIS = 5_000;

    /**
     * In the order of the windows.
     *
     * @throws IllegalStateException when the counters do not answer
     */
    List<BudgetLevel> of(WorkspaceId workspace, List<BudgetWindowRef> windows) {
        try {
            return counters.budgetLevels(workspace, windows)
                    .toCompletableFuture()
                    .get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException away) {
            throw new IllegalStateException("the counters do not answer: " + away, away);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while asking the counters", stopped);
        }
    }
}
