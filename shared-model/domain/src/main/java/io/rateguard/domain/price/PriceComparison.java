package io.rateguard.domain.price;

import io.rateguard.domain.price.ModelChange.RateChange;
import io.rateguard.domain.usage.UsageClass;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Two prices of a model at one time, class by class, by service tier and by length of the context. */
record PriceComparison(Instant at, Optional<ModelPrice> before, Optional<ModelPrice> after) {

    void addTo(List<RateChange> changes) {
        add(Optional.empty(), changes);
        for (ServiceTier tier : ServiceTier.values()) {
            add(Optional.of(tier), changes);
        }
    }

    /** A class that a tier does not name costs as by default: its change is told there. */
    private void add(Optional<ServiceTier> tier, List<RateChange> changes) {
        Set<UsageClass> named = EnumSet.noneOf(UsageClass.class);
        prices().forEach(price -> named.addAll(rates(price, tier).keySet()));
        for (UsageClass usageClass : named) {
            Optional<TieredRate> was = rate(before, tier, usageClass);
            Optional<TieredRate> is = rate(after, tier, usageClass);
            for (long start : starts(was, is)) {
                Optional<Rate> old = was.map(rate -> rate.above(start));
                Optional<Rate> renewed = is.map(rate -> rate.above(start));
                if (!old.equals(renewed)) {
                    changes.add(new RateChange(at, tier, usageClass, start, old, renewed));
                }
            }
        }
    }

    private Stream<ModelPrice> prices() {
        return Stream.of(before, after).flatMap(Optional::stream);
    }

    private static Map<UsageClass, TieredRate> rates(ModelPrice price, Optional<ServiceTier> tier) {
        return tier.map(known -> price.serviceTiers().getOrDefault(known, Map.of()))
                .orElse(price.rates());
    }

    private static Optional<TieredRate> rate(
            Optional<ModelPrice> price, Optional<ServiceTier> tier, UsageClass usageClass) {
        return price.map(known -> known.served(tier.map(ServiceTier::wireName).orElse(null)))
                .flatMap(known -> known.rate(usageClass));
    }

    private static SortedSet<Long> starts(Optional<TieredRate> one, Optional<TieredRate> other) {
        SortedSet<Long> starts = new TreeSet<>(Set.of(0L));
        Stream.of(one, other)
                .flatMap(Optional::stream)
                .flatMap(rate -> rate.tiers().stream())
                .forEach(tier -> starts.add(tier.start()));
        return starts;
    }
}
