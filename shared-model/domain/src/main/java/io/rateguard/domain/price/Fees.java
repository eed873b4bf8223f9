package io.rateguard.domain.price;

import io.rateguard.domain.price.CataloguedModel.DatedPrice;
import io.rateguard.domain.usage.UsageClass;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What providers charge beside tokens and no file of prices says ({@code prices/fees.json}, in the format of a
 * catalogue): searches, by model; and what writing to a cache for an hour costs of Anthropic's models at a reseller.
 */
final class Fees {

    private static final String RESOURCE = "/prices/fees.json";
    private static final String RESELLER = "openrouter";
    private static final String ANTHROPICS = "claude";
    private static final String OF_HOURS =
            "Anthropic, https://platform.claude.com/docs/en/build-with-claude/prompt-caching, an hour's cache, 2026-11-27";
    private static final int HOUR_COSTS_INPUTS = 2;

    private final Catalogue fees;
    private final Map<String, ProviderPrices> providers;

    Fees(Catalogue fees) {
        this.fees = fees;
        this.providers = fees.providers().entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey,
                        entry -> new ProviderPrices(entry.getValue().stream()
                                .map(model -> new PricedModel(entry.getKey(), model))
                                .toList())));
    }

    static Fees load() {
        return new Fees(CatalogueReader.load(RESOURCE));
    }

    List<String> sources() {
        return Stream.concat(fees.sources().stream(), Stream.of(OF_HOURS)).toList();
    }

    /** The model with the fees that it has no rate for. */
    CataloguedModel addedTo(String provider, CataloguedModel model) {
        Optional<DatedPrice> ofModel = ofModel(provider, model.id());
        boolean caches = provider.equals(RESELLER) && model.id().contains(ANTHROPICS);
        return new CataloguedModel(
                model.id(),
                model.match(),
                model.maxOutputTokens(),
                model.prices().stream()
                        .map(price -> ofModel.map(fee -> with(price, fee.rates(), fee.sources()))
                                .orElse(price))
                        .map(price -> caches ? with(price, hour(price.rates()), List.of(OF_HOURS)) : price)
                        .toList());
    }

    private Optional<DatedPrice> ofModel(String provider, String id) {
        return Optional.ofNullable(providers.get(provider))
                .flatMap(known -> known.find(id))
                .map(model -> model.model().prices().getLast());
    }

    private static Map<UsageClass, TieredRate> hour(Map<UsageClass, TieredRate> rates) {
        TieredRate input = rates.get(UsageClass.INPUT);
        return input != null && rates.containsKey(UsageClass.CACHE_WRITE_5M)
                ? Map.of(UsageClass.CACHE_WRITE_1H, input.times(HOUR_COSTS_INPUTS))
                : Map.of();
    }

    private static DatedPrice with(DatedPrice price, Map<UsageClass, TieredRate> more, List<String> sources) {
        Map<UsageClass, TieredRate> rates = new EnumMap<>(price.rates());
        more.forEach(rates::putIfAbsent);
        return rates.equals(price.rates())
                ? price
                : new DatedPrice(price.from(), price.daily(), rates, price.serviceTiers(), price.sources())
                        .alsoFrom(sources);
    }
}
