package io.rateguard.domain.price;

import io.rateguard.domain.price.CataloguedModel.DatedPrice;
import io.rateguard.domain.usage.UsageClass;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Adds to a model what a second source alone knows of it: rates of classes that have no price, service tiers, the
 * maximum output.
 * A price takes of the second source only where both name the same rates for text, so that figures of different days
 * are not mixed.
 */
final class Supplement {

    private static final List<UsageClass> TEXT = List.of(UsageClass.INPUT, UsageClass.OUTPUT);

    private final String place;
    private final CataloguedModel model;
    private final List<CataloguedModel> second;
    private final LeftOut leftOut;

    /**
     * @param place provider and model
     * @param second what the second source says under the names that the model answers to, its id first
     */
    Supplement(String place, CataloguedModel model, List<CataloguedModel> second, LeftOut leftOut) {
        this.place = place;
        this.model = model;
        this.second = second;
        this.leftOut = leftOut;
    }

    CataloguedModel supplemented() {
        second.forEach(this::noteAnotherPrice);
        return new CataloguedModel(
                model.id(),
                model.match(),
                maxOutputTokens(),
                model.prices().stream().map(this::supplemented).toList());
    }

    private OptionalLong maxOutputTokens() {
        OptionalLong most = second.stream()
                .flatMapToLong(said -> said.maxOutputTokens().stream())
                .max();
        return most.isPresent() ? most : model.maxOutputTokens();
    }

    private DatedPrice supplemented(DatedPrice price) {
        Map<UsageClass, TieredRate> rates = new EnumMap<>(price.rates());
        Map<ServiceTier, Map<UsageClass, TieredRate>> tiers = new EnumMap<>(ServiceTier.class);
        for (CataloguedModel said : second) {
            for (DatedPrice other : said.prices()) {
                if (agree(price, other)) {
                    other.rates().forEach((usageClass, rate) -> add(price, rates, usageClass, rate));
                    other.serviceTiers().forEach((tier, differing) -> add(said.id(), price, tiers, tier, differing));
                }
            }
        }
        return new DatedPrice(price.from(), price.daily(), rates, tiers);
    }

    /** Only where the class would have no price: what the first source does not single out costs as it says. */
    private void add(DatedPrice price, Map<UsageClass, TieredRate> rates, UsageClass usageClass, TieredRate rate) {
        ModelPrice known = new ModelPrice("", price.rates(), Map.of(), OptionalLong.empty());
        if (known.rate(usageClass).isPresent() || rate.base().equals(Rate.ZERO)) {
            return;
        }
        if (usageClass.kind() == UsageClass.Kind.INPUT_TOKENS
                && rate.base().picosPerMillion() < base(rates, UsageClass.INPUT)) {
            leftOut.note("input that costs less than text in the second source", place + " " + usageClass.wireName());
            return;
        }
        rates.putIfAbsent(usageClass, rate);
    }

    private void add(
            String name,
            DatedPrice price,
            Map<ServiceTier, Map<UsageClass, TieredRate>> tiers,
            ServiceTier tier,
            Map<UsageClass, TieredRate> differing) {
        Map<UsageClass, TieredRate> rates = new EnumMap<>(UsageClass.class);
        differing.forEach((usageClass, rate) ->
                rates.put(usageClass, rate.neverBelow(price.rates().getOrDefault(usageClass, rate))));
        Map<UsageClass, TieredRate> before = tiers.putIfAbsent(tier, rates);
        if (before != null && !before.equals(rates)) {
            leftOut.note(
                    "service tier that costs another sum under another name",
                    place + " " + tier.wireName() + " (" + name + ")");
        }
    }

    private void noteAnotherPrice(CataloguedModel said) {
        if (!model.prices().isEmpty()
                && said.prices().stream()
                        .noneMatch(other -> model.prices().stream().anyMatch(price -> agree(price, other)))) {
            leftOut.note("another price in the second source", place + " (" + said.id() + ")");
        }
    }

    private static boolean agree(DatedPrice price, DatedPrice other) {
        return TEXT.stream().allMatch(usageClass -> base(price.rates(), usageClass) == base(other.rates(), usageClass));
    }

    private static long base(Map<UsageClass, TieredRate> rates, UsageClass usageClass) {
        TieredRate rate = rates.get(usageClass);
        return rate == null ? 0 : rate.base().picosPerMillion();
    }
}
