package io.rateguard.console.budgets;

import io.rateguard.console.problem.Problem;
import io.rateguard.domain.budget.Ladder;
import io.rateguard.domain.budget.LadderShapes;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A budget as a client describes it; what is absent gets its default. */
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

    /** What alerts and slows down, from either form; a shutoff at 100 % says what {@code shutoff} says. */
    Ladder rungs() {
        boolean hasLadder = ladder != null && !ladder.isNull();
        boolean hasThresholds = thresholds != null && !thresholds.isNull();
        if (hasLadder && hasThresholds) {
            throw Problem.invalid("thresholds: " + thresholds + " (expected: absent beside a ladder)");
        }
        if (thresholds != null && hasThresholds) {
            return LadderShapes.thresholds(thresholds);
        }
        return ladder != null && hasLadder ? LadderShapes.ladder(withoutShutoff(ladder)) : Ladder.NONE;
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
