package io.rateguard.domain.correction;

import java.util.Map;
import java.util.TreeMap;

/**
 * What was found in the requests that a correction has looked at so far.
 *
 * @param requests how many it has looked at
 * @param corrected how many of them cost something else now
 * @param estimated how many were charged by estimate, since the provider did not report their whole use: left as they are
 * @param unpriced how many no price, or none for a class that was used, is known for: left as they are
 * @param beforeNanos what all of them cost until now
 * @param afterNanos what all of them cost from now on
 * @param byModel the same of those that cost something else now; models beyond a bound are one, named {@value #OTHERS}
 */
public record Findings(
        long requests,
        long corrected,
        long estimated,
        long unpriced,
        long beforeNanos,
        long afterNanos,
        Map<String, OfModel> byModel) {

    public static final String OTHERS = "*";

    public static final Findings NONE = new Findings(0, 0, 0, 0, 0, 0, Map.of());

    private static final int MOST_MODELS = 500;

    public Findings {
        byModel = Map.copyOf(byModel);
    }

    /** Of one model. */
    public record OfModel(long corrected, long beforeNanos, long afterNanos) {

        private OfModel plus(OfModel other) {
            return new OfModel(
                    corrected + other.corrected,
                    Math.addExact(beforeNanos, other.beforeNanos),
                    Math.addExact(afterNanos, other.afterNanos));
        }
    }

    /** One that costs as before. */
    public Findings unchanged(long costNanos) {
        return plus(new Findings(1, 0, 0, 0, costNanos, costNanos, Map.of()));
    }

    public Findings estimated(long costNanos) {
        return plus(new Findings(1, 0, 1, 0, costNanos, costNanos, Map.of()));
    }

    public Findings unpriced(long costNanos) {
        return plus(new Findings(1, 0, 0, 1, costNanos, costNanos, Map.of()));
    }

    /** @param model empty where a request names none */
    public Findings corrected(String model, long costNanos, long newCostNanos) {
        OfModel one = new OfModel(1, costNanos, newCostNanos);
        return plus(new Findings(1, 1, 0, 0, costNanos, newCostNanos, Map.of(model, one)));
    }

    private Findings plus(Findings more) {
        Map<String, OfModel> models = byModel;
        if (!more.byModel.isEmpty()) {
            models = new TreeMap<>(byModel);
            for (Map.Entry<String, OfModel> each : more.byModel.entrySet()) {
                boolean named = models.containsKey(each.getKey()) || models.size() < MOST_MODELS;
                models.merge(named ? each.getKey() : OTHERS, each.getValue(), OfModel::plus);
            }
        }
        return new Findings(
                requests + more.requests,
                corrected + more.corrected,
                estimated + more.estimated,
                unpriced + more.unpriced,
                Math.addExact(beforeNanos, more.beforeNanos),
                Math.addExact(afterNanos, more.afterNanos),
                models);
    }
}
