package io.rateguard.domain.price;

import io.rateguard.domain.price.CataloguedModel.DatedPrice;
import io.rateguard.domain.usage.UsageClass;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Adds to a model what a second source alone knows of it: rates of classes that have no price, rates of long contexts,
 * service tiers, the maximum output.
 * A price takes of the second source only where both name the same rates for text, so that figures of different days
 * are not mixed.
 */
final class Supplement {

    private static final List<UsageClass> TEXT = List.of(UsageClass.INPUT, UsageClass.OUTPUT);

    /** What a provider serves later, or never, for less. */
    private static final Set<ServiceTier> CHEAPER = EnumSet.of(ServiceTier.FLEX, ServiceTier.BATCH);

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
        List<Said> said = second.stream()
                .flatMap(model -> model.prices().stream().map(other -> new Said(model.id(), other)))
                .filter(other -> agree(price, other.price()))
                .toList();
        Map<UsageClass, TieredRate> rates = new EnumMap<>(price.rates());
        said.forEach(other -> other.price().rates().forEach((usageClass, rate) -> {
            addClass(price, rates, usageClass, rate);
            addSteps(other.name(), rates, usageClass, rate);
        }));
        Map<ServiceTier, Map<UsageClass, TieredRate>> tiers = new EnumMap<>(ServiceTier.class);
        said.forEach(other -> other.price()
                .serviceTiers()
                .forEach((tier, differing) -> addTier(other.name(), rates, tiers, tier, differing)));
        DatedPrice supplemented = new DatedPrice(price.from(), price.daily(), rates, tiers, price.sources());
        return supplemented.equals(price)
                ? price
                : supplemented.alsoFrom(said.stream()
                        .flatMap(other -> other.price().sources().stream())
                        .toList());
    }

    /** Only where the class would have no price: what the first source does not single out costs as it says. */
    private void addClass(DatedPrice price, Map<UsageClass, TieredRate> rates, UsageClass usageClass, TieredRate rate) {
        if (asPrice(price.rates()).rate(usageClass).isPresent() || rate.base().equals(Rate.ZERO)) {
            return;
        }
        if (usageClass.kind() == UsageClass.Kind.INPUT_TOKENS
                && rate.base().compareTo(base(rates, UsageClass.INPUT)) < 0) {
            leftOut.note("input that costs less than text in the second source", place + " " + usageClass.wireName());
            return;
        }
        rates.putIfAbsent(usageClass, rate.neverBelowItsBase());
    }

    /** Only where the rate is the same for short contexts, and nothing is known of long ones. */
    private void addSteps(String name, Map<UsageClass, TieredRate> rates, UsageClass usageClass, TieredRate rate) {
        TieredRate known = rates.get(usageClass);
        TieredRate rising = rate.neverBelowItsBase();
        if (known == null || rate.tiers().isEmpty() || known.equals(rising)) {
            return;
        }
        if (known.tiers().isEmpty() && known.base().equals(rate.base())) {
            rates.put(usageClass, rising);
        } else {
            leftOut.note(
                    "long contexts that cost another sum in the second source",
                    place + " " + usageClass.wireName() + " (" + name + ")");
        }
    }

    private void addTier(
            String name,
            Map<UsageClass, TieredRate> byDefault,
            Map<ServiceTier, Map<UsageClass, TieredRate>> tiers,
            ServiceTier tier,
            Map<UsageClass, TieredRate> differing) {
        Map<UsageClass, TieredRate> rates = new EnumMap<>(UsageClass.class);
        differing.forEach(
                (usageClass, rate) -> rates.put(usageClass, rate.neverBelow(byDefault.getOrDefault(usageClass, rate))));
        if (CHEAPER.contains(tier) && isDearer(rates, asPrice(byDefault))) {
            leftOut.note(
                    "flex or batch that costs more than the default tier",
                    place + " " + tier.wireName() + " (" + name + ")");
            return;
        }
        Map<UsageClass, TieredRate> before = tiers.putIfAbsent(tier, rates);
        if (before != null && !before.equals(rates)) {
            leftOut.note(
                    "service tier that costs another sum under another name",
                    place + " " + tier.wireName() + " (" + name + ")");
        }
    }

    private static boolean isDearer(Map<UsageClass, TieredRate> rates, ModelPrice byDefault) {
        return rates.entrySet().stream()
                .anyMatch(own -> byDefault
                        .rate(own.getKey())
                        .filter(rate -> own.getValue().exceeds(rate))
                        .isPresent());
    }

    private static ModelPrice asPrice(Map<UsageClass, TieredRate> rates) {
        return new ModelPrice("", rates, Map.of(), OptionalLong.empty());
    }

    private void noteAnotherPrice(CataloguedModel said) {
        if (!model.prices().isEmpty()
                && said.prices().stream()
                        .noneMatch(other -> model.prices().stream().anyMatch(price -> agree(price, other)))) {
            leftOut.note("another price in the second source", place + " (" + said.id() + ")");
        }
    }

    private static boolean agree(DatedPrice price, DatedPrice other) {
        return TEXT.stream()
                .allMatch(usageClass -> base(price.rates(), usageClass).equals(base(other.rates(), usageClass)));
    }

    private static Rate base(Map<UsageClass, TieredRate> rates, UsageClass usageClass) {
        TieredRate rate = rates.get(usageClass);
        return rate == null ? Rate.ZERO : rate.base();
    }

    /** A price of the second source and the name of its model. */
    private record Said(String name, DatedPrice price) {}
}
