package io.rateguard.domain.price;

import io.rateguard.domain.price.CataloguedModel.DatedPrice;
import io.rateguard.domain.usage.UsageClass;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * A catalogue with the prices of another laid over it from a day on. What the other does not name stays as it is:
 * models, classes of use, service tiers, and all that held before that day.
 */
final class CatalogueOverlay {

    private final ShippedCatalogue present;
    private final Catalogue other;
    private final LocalDate from;

    CatalogueOverlay(ShippedCatalogue present, Catalogue other, LocalDate from) {
        this.present = present;
        this.other = other;
        this.from = from;
    }

    Catalogue laidOver() {
        Map<String, List<CataloguedModel>> providers =
                new LinkedHashMap<>(present.catalogue().providers());
        other.providers().forEach((provider, models) -> providers.put(provider, models(provider, models)));
        return new Catalogue(
                other.version(),
                Stream.concat(present.catalogue().sources().stream(), other.sources().stream())
                        .distinct()
                        .toList(),
                providers);
    }

    private List<CataloguedModel> models(String provider, List<CataloguedModel> said) {
        Map<String, CataloguedModel> models = new LinkedHashMap<>();
        present.catalogue()
                .providers()
                .getOrDefault(provider, List.of())
                .forEach(model -> models.put(model.id(), model));
        said.forEach(model -> models.put(
                model.id(),
                present.model(provider, model.id())
                        .map(known -> laidOver(known, model))
                        .orElseGet(() -> model.from(other.sources()))));
        return List.copyOf(models.values());
    }

    /** A name that a rule answered to becomes a model of its own. */
    private CataloguedModel laidOver(PricedModel priced, CataloguedModel said) {
        CataloguedModel known = priced.model();
        return new CataloguedModel(
                said.id(),
                known.id().equals(said.id()) ? known.match() : said.match(),
                said.maxOutputTokens().isPresent() ? said.maxOutputTokens() : known.maxOutputTokens(),
                said.prices().isEmpty()
                        ? known.prices()
                        : prices(
                                known.prices(),
                                said.from(other.sources()).prices().getLast()));
    }

    private List<DatedPrice> prices(List<DatedPrice> known, DatedPrice said) {
        Optional<DatedPrice> now = known.stream()
                .filter(price -> price.holdsAt(from.atStartOfDay(ZoneOffset.UTC).toInstant()))
                .reduce((earlier, later) -> later);
        Map<UsageClass, TieredRate> rates = laidOver(now.map(DatedPrice::rates).orElse(Map.of()), said.rates());
        DatedPrice renewed = new DatedPrice(
                        from,
                        null,
                        rates,
                        tiers(now.map(DatedPrice::serviceTiers).orElse(Map.of()), said.serviceTiers(), rates),
                        now.map(DatedPrice::sources).orElse(List.of()))
                .alsoFrom(said.sources());
        if (now.isPresent()
                && now.get().daily() == null
                && renewed.rates().equals(now.get().rates())
                && renewed.serviceTiers().equals(now.get().serviceTiers())) {
            return known;
        }
        List<DatedPrice> prices = new ArrayList<>();
        known.stream().filter(price -> price.startsBefore(from)).forEach(prices::add);
        prices.add(renewed);
        known.stream().filter(price -> !price.startsBefore(from.plusDays(1))).forEach(prices::add);
        return prices;
    }

    private static Map<ServiceTier, Map<UsageClass, TieredRate>> tiers(
            Map<ServiceTier, Map<UsageClass, TieredRate>> known,
            Map<ServiceTier, Map<UsageClass, TieredRate>> said,
            Map<UsageClass, TieredRate> byDefault) {
        Map<ServiceTier, Map<UsageClass, TieredRate>> tiers = new EnumMap<>(ServiceTier.class);
        tiers.putAll(known);
        said.forEach((tier, rates) -> {
            Map<UsageClass, TieredRate> renewed = new EnumMap<>(UsageClass.class);
            renewed.putAll(known.getOrDefault(tier, Map.of()));
            rates.forEach((usageClass, rate) ->
                    renewed.put(usageClass, rate.neverBelow(byDefault.getOrDefault(usageClass, rate))));
            tiers.put(tier, renewed);
        });
        return tiers;
    }

    /**
     * A rate that says what the class costs anyway, or that a class nobody prices is free, is no news. In the order of
     * the classes: what one costs anyway depends on those before it.
     */
    private static Map<UsageClass, TieredRate> laidOver(
            Map<UsageClass, TieredRate> known, Map<UsageClass, TieredRate> said) {
        Map<UsageClass, TieredRate> rates = new EnumMap<>(UsageClass.class);
        rates.putAll(known);
        new EnumMap<>(said).forEach((usageClass, rate) -> {
            Optional<TieredRate> before = new ModelPrice("", rates, Map.of(), OptionalLong.empty()).rate(usageClass);
            if (!before.equals(Optional.of(rate))
                    && (before.isPresent() || !rate.base().equals(Rate.ZERO))) {
                rates.put(usageClass, rate);
            }
        });
        return rates;
    }
}
