package io.rateguard.domain.price;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The prices that a workspace has set itself. Of those that hold for a model, the one that names it alone comes before
 * patterns, then the one for its API before those for all, then the older one.
 */
public final class PriceOverrides {

    public static final PriceOverrides NONE = new PriceOverrides(List.of());

    private final List<PriceOverride> inOrder;

    /** @param overrides the older first */
    public PriceOverrides(List<PriceOverride> overrides) {
        this.inOrder = overrides.stream()
                .sorted(Comparator.comparing((PriceOverride override) -> !override.namesOneModel())
                        .thenComparing(override -> override.api() == null))
                .toList();
    }

    public Optional<PriceOverride> find(String apiSlug, String model) {
        for (PriceOverride override : inOrder) {
            if (override.holdsFor(apiSlug, model)) {
                return Optional.of(override);
            }
        }
        return Optional.empty();
    }
}
