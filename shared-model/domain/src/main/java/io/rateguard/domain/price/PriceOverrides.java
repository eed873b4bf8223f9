package io.rateguard.domain.price;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The prices that a workspace has set itself. Of those that hold for a model, the one that names it alone comes before
 * patterns, then the one for its API before those for all, then the older one.
 */
public final class PriceOverrides {

    public static final PriceOverrides NONE = new PriceOverrides(List.of());

    private final Map<String, List<PriceOverride>> byModel;
    private final List<PriceOverride> patterns;

    /** @param overrides the older first */
    public PriceOverrides(List<PriceOverride> overrides) {
        List<PriceOverride> inOrder = overrides.stream()
                .sorted(Comparator.comparing(override -> override.api() == null))
                .toList();
        this.byModel = inOrder.stream()
                .filter(PriceOverride::namesOneModel)
                .collect(Collectors.groupingBy(override -> override.model().text()));
        this.patterns =
                inOrder.stream().filter(override -> !override.namesOneModel()).toList();
    }

    public Optional<PriceOverride> find(String apiSlug, String model) {
        return first(byModel.getOrDefault(model, List.of()), apiSlug, model).or(() -> first(patterns, apiSlug, model));
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
