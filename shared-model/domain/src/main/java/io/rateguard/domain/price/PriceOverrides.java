package io.rateguard.domain.price;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The prices that a workspace has set itself. Of those that hold for a model, the one that names it alone comes before
 * patterns, then the one for its API before those for all, then the older one; of those that hold for a call, the one
 * whose path names it alone before patterns, then the older one.
 */
public final class PriceOverrides {

    public static final PriceOverrides NONE = new PriceOverrides(List.of());

    private final Map<String, List<PriceOverride>> byModel;
    private final List<PriceOverride> patterns;
    private final List<CallPrice> calls;

    /** The older first. */
    public PriceOverrides(List<? extends OwnPrice> prices) {
        List<PriceOverride> inOrder = prices.stream()
                .filter(PriceOverride.class::isInstance)
                .map(PriceOverride.class::cast)
                .sorted(Comparator.comparing(override -> override.api() == null))
                .toList();
        this.byModel = inOrder.stream()
                .filter(PriceOverride::namesOneModel)
                .collect(Collectors.groupingBy(override -> override.model().text()));
        this.patterns =
                inOrder.stream().filter(override -> !override.namesOneModel()).toList();
        this.calls = prices.stream()
                .filter(CallPrice.class::isInstance)
                .map(CallPrice.class::cast)
                .sorted(Comparator.comparing(price -> !price.namesOnePath()))
                .toList();
    }

    public Optional<PriceOverride> find(String apiSlug, String model) {
        return first(byModel.getOrDefault(model, List.of()), apiSlug, model).or(() -> first(patterns, apiSlug, model));
    }

    /**
     * The prices of a call, the one that counts first: which of them it is depends on the status of the reply. One whose
     * every status an earlier one covers is none of them.
     *
     * @param path as limits compare it
     */
    public List<CallPrice> calls(String apiSlug, String method, String path) {
        List<CallPrice> counting = new ArrayList<>();
        BitSet covered = new BitSet();
        for (CallPrice price : calls) {
            if (price.holdsFor(apiSlug, method, path)) {
                BitSet more = price.call().statuses();
                more.andNot(covered);
                if (!more.isEmpty()) {
                    counting.add(price);
                    covered.or(more);
                }
            }
        }
        return counting;
    }

    private static Optional<PriceOverride> first(List<PriceOverride> among, String apiSlug, String model) {
        for (PriceOverride override : among) {
            if (override.holdsFor(apiSlug, model)) {
                return Optional.of(override);
            }
        }
        return Optional.empty();
    }
}
