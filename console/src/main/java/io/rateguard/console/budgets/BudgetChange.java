package io.rateguard.console.budgets;

import io.rateguard.console.problem.Problem;
import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.budget.Ladder;
import io.rateguard.domain.budget.LadderShapes;
import io.rateguard.domain.limit.LimitShapes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What is to be different about a budget; what is absent stays. What it covers, and over which time and apart for what it
 * counts, never changes: its counters would be those of another budget.
 *
 * @param thresholds takes the place of the alerts of its ladder alone
 */
public record BudgetChange(
        @Nullable String name,
        @Nullable Long amountNanos,
        @Nullable Boolean shutoff,
        @Nullable String estimate,
        @Nullable JsonNode ladder,
        @Nullable JsonNode thresholds,
        @Nullable String onStoreFailure) {

    /** The whole budget as it is to be. */
    NewBudget of(Budget present) {
        String wished = Objects.requireNonNullElse(estimate, present.estimate().wireName());
        return new NewBudget(
                name == null ? present.name() : name,
                new NewBudget.Scope(
                        present.scope().type().wireName(), present.scope().value()),
                amountNanos == null ? present.amount().nanos() : amountNanos,
                present.period().wireName(),
                present.zone().getId(),
                shutoff == null ? present.shutoff() : shutoff,
                wished,
                rungs(present.ladder()),
                null,
                LimitShapes.json(present.per()),
                present.year().wireName(),
                onStoreFailure == null && wished.equals(present.estimate().wireName())
                        ? present.onStoreFailure().wireName()
                        : onStoreFailure);
    }

    private JsonNode rungs(Ladder present) {
        if (ladder != null && thresholds != null) {
            throw Problem.invalid("thresholds: " + thresholds + " (expected: absent beside a ladder)");
        }
        if (thresholds != null) {
            return Problem.valid(() -> LadderShapes.json(
                    new Ladder(LadderShapes.thresholds(thresholds).alertPercents(), present.throttles())));
        }
        return ladder == null ? LadderShapes.json(present) : ladder;
    }
}
