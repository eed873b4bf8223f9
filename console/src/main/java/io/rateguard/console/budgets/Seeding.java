package io.rateguard.console.budgets;

import io.rateguard.analytics.question.UnchargedSpend;
import io.rateguard.console.keys.Keys;
import io.rateguard.counters.BudgetWindowRef;
import io.rateguard.counters.Counters;
import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.money.Money;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Gives the present window of a new budget what was spent in it already. Requests that were under way when it was made, or
 * whose events had not arrived, are found when it looks again; what is found is said as a whole sum, so that looking
 * once more, or by another console, changes nothing.
 */
@Component
class Seeding {

    private static final Logger log = LoggerFactory.getLogger(Seeding.class);

    /** From a moment after the budget was made to when the longest request that did not know of it has ended. */
    private static final List<Duration> LOOKS = List.of(
            Duration.ZERO,
            Duration.ofSeconds(3),
            Duration.ofSeconds(15),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15));

    private static final long PATIENCE_MILLIS = 5_000;

    private final UnchargedSpend history;
    private final Keys keys;
    private final Counters counters;
    private final Clock clock;
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("seeding").factory());

    Seeding(UnchargedSpend history, Keys keys, Counters counters, Clock clock) {
        this.history = history;
        this.keys = keys;
        this.counters = counters;
        this.clock = clock;
    }

    void start(WorkspaceId workspace, Budget budget) {
        Instant made = clock.instant();
        for (Duration after : LOOKS) {
            var _ = timer.schedule(() -> look(workspace, budget, made), after.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @PreDestroy
    void close() {
        timer.shutdownNow();
    }

    private void look(WorkspaceId workspace, Budget budget, Instant made) {
        try {
            history.ask(workspace, budget, keys.lines(workspace), made).forEach((window, sum) -> {
                Money counted = Money.ofNanos(Math.min(sum.nanos(), Money.MAX_COUNTED_NANOS));
                counters.seed(workspace, new BudgetWindowRef(budget.id(), window), counted)
                        .toCompletableFuture()
                        .orTimeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                        .join();
            });
        } catch (RuntimeException away) {
            log.warn("budget {}: not seeded now with what was spent before it: {}", budget.id(), away.toString());
        }
    }
}
