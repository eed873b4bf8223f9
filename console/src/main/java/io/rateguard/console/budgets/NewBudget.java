package io.rateguard.console.budgets;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rateguard.console.problem.Problem;
import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.budget.Ladder;
import io.rateguard.domain.budget.LadderShapes;
import io.rateguard.domain.limit.LimitShapes;
import io.rateguard.domain.limit.OnStoreFailure;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A budget as a client describes it; what is absent gets its default. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NewBudget(
        @Nullable String name,
        @Nullable Scope scope,
        @Nullable Long amountNanos,
        @Nullable String period,
        @Nullable String zone,
        @Nullable Boolean shutoff,
        @Nullable String estimate,
        @Nullable JsonNode ladder,
        @Nullable JsonNode thresholds,
        @Nullable JsonNode per,
        @Nullable String fiscalYearStart,
        @Nullable String onStoreFailure) {

    private static final int FULL_PERCENT = 100;

    /**
     * As the budget is; but for its ladder, which stays as long as nothing is said of it. What it does without counters is
     * only said where it does not follow from its estimate, so that it follows another one.
     */
    static NewBudget of(Budget budget) {
        OnStoreFailure failing = budget.onStoreFailure();
        return new NewBudget(
                budget.name(),
                new Scope(budget.scope().type().wireName(), budget.scope().value()),
                budget.amount().nanos(),
                budget.period().wireName(),
                budget.zone().getId(),
                budget.shutoff(),
                budget.estimate().wireName(),
                null,
                null,
                LimitShapes.json(budget.per()),
                budget.year().wireName(),
                failing == budget.estimate().onStoreFailure() ? null : failing.wireName());
    }

    /**
     * What alerts and slows down, from either form; a shutoff at 100 % says what {@code shutoff} says.
     *
     * @param present what there is where this says nothing; thresholds take the place of its alerts alone
     */
    Ladder rungs(Ladder present) {
        JsonNode steps = said(ladder);
        JsonNode percents = said(thresholds);
        if (steps != null && percents != null) {
            throw Problem.invalid("thresholds: " + percents + " (expected: absent beside a ladder)");
        }
        if (steps != null) {
            return LadderShapes.ladder(withoutShutoff(steps));
        }
        Ladder rest = ladder == null ? present : Ladder.NONE;
        if (thresholds == null) {
            return rest;
        }
        Ladder alerts = percents == null ? Ladder.NONE : LadderShapes.thresholds(percents);
        return new Ladder(alerts.alertPercents(), rest.throttles());
    }

    private static @Nullable JsonNode said(@Nullable JsonNode field) {
        return field == null || field.isNull() ? null : field;
    }

    private JsonNode withoutShutoff(JsonNode rungs) {
        ArrayNode alerts = JsonNodeFactory.instance.arrayNode();
        if (!rungs.isArray()) {
            return rungs;
        }
        for (JsonNode rung : rungs) {
            String action = rung.path("action").asString("");
            boolean isShutoff = action.equals("shutoff") && rung.path("percent").asInt(0) == FULL_PERCENT;
            if (isShutoff && Boolean.FALSE.equals(shutoff)) {
                throw Problem.invalid("ladder.action: shutoff (expected: no such step where shutoff is false)");
            }
            if (!isShutoff && action.equals("shutoff")) {
                throw Problem.notSupported("ladder.action: " + action + " at " + rung.path("percent")
                        + " % not supported yet (expected: alert or throttle, or shutoff at 100)");
            }
            if (!isShutoff) {
                alerts.add(rung);
            }
        }
        return alerts;
    }

    /** @param value an API's slug, a key's id, a tag as {@code name:value}, a project, a customer; absent for the workspace */
    public record Scope(@Nullable String type, @Nullable String value) {}
}
