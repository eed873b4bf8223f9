package io.rateguard.domain.budget;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Ladders in the JSON of the management API, which is also how they are stored. Whatever is not understood is an
 * {@link IllegalArgumentException}: a rung that is passed over would be an alert that never comes.
 */
public final class LadderShapes {

    private static final String ALERT = "alert";
    private static final Set<String> FIELDS = Set.of("percent", "action");

    private LadderShapes() {}

    /** The rungs {@code [{"percent": 80, "action": "alert"}]}. */
    public static Ladder ladder(JsonNode node) {
        List<Integer> percents = new ArrayList<>();
        for (JsonNode rung : requireList("ladder", node)) {
            for (String field : rung.propertyNames()) {
                if (!FIELDS.contains(field)) {
                    throw new IllegalArgumentException(
                            "ladder." + field + ": " + rung.get(field) + " (expected: only percent and action)");
                }
            }
            if (!rung.path("action").asString("").equals(ALERT)) {
                throw new IllegalArgumentException("ladder.action: " + rung.path("action") + " (expected: alert)");
            }
            percents.add(percent("ladder.percent", rung.path("percent")));
        }
        return new Ladder(percents);
    }

    /** The short form of alerts, {@code [50, 80, 100]}. */
    public static Ladder thresholds(JsonNode node) {
        List<Integer> percents = new ArrayList<>();
        requireList("thresholds", node).forEach(percent -> percents.add(percent("thresholds", percent)));
        return new Ladder(percents);
    }

    public static ArrayNode json(Ladder ladder) {
        ArrayNode rungs = JsonNodeFactory.instance.arrayNode();
        ladder.alertPercents()
                .forEach(percent -> rungs.addObject().put("percent", percent).put("action", ALERT));
        return rungs;
    }

    private static JsonNode requireList(String field, JsonNode node) {
        if (!node.isArray()) {
            throw new IllegalArgumentException(field + ": " + node + " (expected: a list)");
        }
        return node;
    }

    private static int percent(String field, JsonNode node) {
        if (!node.isIntegralNumber() || !node.canConvertToInt()) {
            throw new IllegalArgumentException(field + ": " + (node.isMissingNode() ? "missing" : node)
                    + " (expected: a whole number from 1 to " + Ladder.MOST_PERCENT + ")");
        }
        return node.intValue();
    }
}
