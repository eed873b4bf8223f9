package io.rateguard.console.budgets;

import io.rateguard.console.budgets.Budgets.Level;
import io.rateguard.console.budgets.Budgets.Saved;
import io.rateguard.counters.BudgetLevel;
import io.rateguard.counters.BudgetWindowRef;
import io.rateguard.counters.Counters;
import io.rateguard.counters.Epoch;
import io.rateguard.counters.Hold;
import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.money.Money;
import java.time.Clock;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Adds what the live counters say; when they do not answer, or what they have counted is being rebuilt, the budgets stay
 * without figures.
 */
@Component
class BudgetFigures {

    private static final Logger log = LoggerFactory.getLogger(BudgetFigures.class);
    private static final long PATIENCE_MILLIS = 2_000;

    private final Counters counters;
    private final Clock clock;
    private final AtomicBoolean away = new AtomicBoolean();

    BudgetFigures(Counters counters, Clock clock) {
        this.counters = counters;
        this.clock = clock;
    }

    List<Saved> addTo(WorkspaceId workspace, List<Saved> budgets) {
        Instant now = clock.instant();
        List<BudgetWindowRef> windows = budgets.stream()
                .map(Saved::budget)
                .filter(budget -> !budget.countsApart())
                .map(budget -> new BudgetWindowRef(budget.id(), budget.windowAt(now)))
                .toList();
        if (windows.isEmpty()) {
            return budgets;
        }
        List<BudgetLevel> levels =
                ask(workspace, () -> counters.budgetLevels(workspace, windows)).orElse(List.of());
        if (levels.isEmpty()) {
            return budgets;
        }
        Iterator<BudgetLevel> level = levels.iterator();
        return budgets.stream()
                .map(saved -> saved.budget().countsApart() ? saved : with(saved, level.next(), now))
                .toList();
    }

    /**
     * For which requests a budget that counts all together holds something now.
     *
     * @return nothing while nobody knows
     */
    Optional<Hold.Several> holds(WorkspaceId workspace, Budget budget, int most) {
        BudgetWindowRef window = new BudgetWindowRef(budget.id(), budget.windowAt(clock.instant()));
        return ask(workspace, () -> counters.holds(workspace, window, most));
    }

    private <T> Optional<T> ask(WorkspaceId workspace, Supplier<CompletionStage<T>> question) {
        try {
            Optional<T> answer = counters.rebuilds()
                    .progress(workspace)
                    .thenCompose(progress -> progress.epoch().state() == Epoch.State.TRUSTED
                            ? question.get().thenApply(Optional::of)
                            : CompletableFuture.<Optional<T>>completedStage(Optional.empty()))
                    .toCompletableFuture()
                    .get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            if (away.getAndSet(false)) {
                log.info("the counters answer again");
            }
            return answer;
        } catch (ExecutionException | TimeoutException failed) {
            if (!away.getAndSet(true)) {
                log.warn("the counters do not answer; budgets are shown without figures: {}", failed.toString());
            }
            return Optional.empty();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Saved with(Saved saved, BudgetLevel level, Instant now) {
        Money remaining = saved.budget().at(now).amount().minus(level.spent()).minus(level.held());
        return new Saved(
                saved.budget(), new Level(level.spent(), level.held(), remaining), saved.createdAt(), saved.version());
    }
}
