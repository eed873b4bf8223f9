package io.rateguard.domain.budget;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Ladders in the JSON of the management API, which is also how they are stored. Whatever is not understood is an
 * {@link IllegalArgumentException}: a rung that is passed over would be an alert that never comes.
 */
public final class LadderShapes {

    private static final String ALERT = "alert";
    private static final String THROTTLE = "throttle";
    private static final Set<String> FIELDS_OF_ALERTS = Set.of("percent", "action");
    private static final Set<String> FIELDS_OF_THROTTLES =
            Set.of("percent", "action", "toPercent", "requestsPerMinute");

    private LadderShapes() {}

    /**
     * The rungs {@code [{"percent": 80, "action": "alert"}, {"percent": 95, "action": "throttle", "toPercent": 10,
     * "requestsPerMinute": 6}]}.
     */
    public static Ladder ladder(JsonNode node) {
        List<Integer> percents = new ArrayList<>();
        List<Throttle> throttles = new ArrayList<>();
        for (JsonNode rung : requireList("ladder", node)) {
            switch (rung.path("action").asString("")) {
                case ALERT -> {
                    requireOnly(FIELDS_OF_ALERTS, "percent and action", rung);
                    percents.add(percent("ladder.percent", rung.path("percent")));
                }
                case THROTTLE -> {
                    requireOnly(FIELDS_OF_THROTTLES, "percent, action, toPercent and requestsPerMinute", rung);
                    throttles.add(throttle(rung));
                }
                default ->
                    throw new IllegalArgumentException(
                            "ladder.action: " + rung.path("action") + " (expected: alert or throttle)");
            }
        }
        return new Ladder(percents, throttles);
    }

    private static Throttle throttle(JsonNode rung) {
        JsonNode perMinute = rung.path("requestsPerMinute");
        return new Throttle(
                wholeNumber("ladder.percent", rung.path("percent"), Throttle.MOST_PERCENT),
                wholeNumber("ladder.toPercent", rung.path("toPercent"), Throttle.MOST_TO_PERCENT),
                perMinute.isMissingNode() || perMinute.isNull()
                        ? OptionalLong.empty()
                        : OptionalLong.of(
                                wholeNumber("ladder.requestsPerMinute", perMinute, Throttle.MOST_REQUESTS_PER_MINUTE)));
    }

    private static void requireOnly(Set<String> fields, String inWords, JsonNode rung) {
        for (String field : rung.propertyNames()) {
            if (!fields.contains(field)) {
                throw new IllegalArgumentException(
                        "ladder." + field + ": " + rung.get(field) + " (expected: only " + inWords + ")");
            }
        }
    }

    /** The short form of alerts, {@code [50, 80, 100]}. */
    public static Ladder thresholds(JsonNode node) {
        List<Integer> percents = new ArrayList<>();
        requireList("thresholds", node).forEach(percent -> percents.add(percent("thresholds", percent)));
        return new Ladder(percents);
    }

    /** Rising; of an alert and a throttle at the same share the alert comes first. */
    public static ArrayNode json(Ladder ladder) {
        TreeMap<Integer, List<ObjectNode>> rising = new TreeMap<>();
        for (int percent : ladder.alertPercents()) {
            rung(rising, percent, ALERT);
        }
        for (Throttle throttle : ladder.throttles()) {
            ObjectNode rung = rung(rising, throttle.percent(), THROTTLE).put("toPercent", throttle.toPercent());
            throttle.requestsPerMinute().ifPresent(most -> rung.put("requestsPerMinute", most));
        }
        ArrayNode rungs = JsonNodeFactory.instance.arrayNode();
        rising.values().forEach(rungs::addAll);
        return rungs;
    }

    private static ObjectNode rung(Map<Integer, List<ObjectNode>> rising, int percent, String action) {
        ObjectNode rung = JsonNodeFactory.instance.objectNode();
        rising.computeIfAbsent(percent, first -> new ArrayList<>()).add(rung);
        return rung.put("percent", percent).put("action", action);
    }

    private static JsonNode requireList(String field, JsonNode node) {
        if (!node.isArray()) {
            throw new IllegalArgumentException(field + ": " + node + " (expected: a list)");
        }
        return node;
    }

    private static int percent(String field, JsonNode node) {
        return wholeNumber(field, node, Ladder.MOST_PERCENT);
    }

    private static int wholeNumber(String field, JsonNode node, long most) {
        if (!node.isIntegralNumber() || !node.canConvertToInt()) {
            throw new IllegalArgumentException(field + ": " + (node.isMissingNode() ? "missing" : node)
                    + " (expected: a whole number from 1 to " + most + ")");
        }
        return node.intValue();
    }
}
