package io.rateguard.domain.price;

import io.rateguard.domain.price.CataloguedModel.DatedPrice;
import io.rateguard.domain.usage.UsageClass;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A model of a catalogue with its prices under their names, ready to be asked. */
final class PricedModel {

    private static final String KNOWN_FREE = ":free";
    private static final Map<UsageClass, TieredRate> FREE_OF_CHARGE = freeOfCharge();

    private final CataloguedModel model;
    private final List<ModelPrice> prices;
    private final Optional<ModelPrice> otherwise;

    /** @param provider what the names of its prices start with: catalogue and provider */
    PricedModel(String provider, CataloguedModel model) {
        String name = provider + "/" + model.id();
        this.model = model;
        this.prices = model.prices().stream()
                .map(dated -> new ModelPrice(
                        name + dated.suffix(), dated.rates(), dated.serviceTiers(), model.maxOutputTokens()))
                .toList();
        this.otherwise = model.prices().isEmpty() && model.id().endsWith(KNOWN_FREE)
                ? Optional.of(new ModelPrice(name, FREE_OF_CHARGE, Map.of(), model.maxOutputTokens()))
                : Optional.empty();
    }

    String id() {
        return model.id();
    }

    CataloguedModel model() {
        return model;
    }

    boolean answersTo(String name) {
        return model.match().matches(name);
    }

    Optional<ModelPrice> priceAt(Instant at) {
        int index = indexAt(at);
        return index < 0 ? otherwise : Optional.of(prices.get(index));
    }

    /** The same price as the catalogue says it. */
    Optional<DatedPrice> datedAt(Instant at) {
        int index = indexAt(at);
        return index < 0 ? Optional.empty() : Optional.of(model.prices().get(index));
    }

    private int indexAt(Instant at) {
        List<DatedPrice> dated = model.prices();
        int last = dated.size() - 1;
        while (last >= 0 && !dated.get(last).holdsAt(at)) {
            last--;
        }
        return last;
    }

    private static Map<UsageClass, TieredRate> freeOfCharge() {
        Map<UsageClass, TieredRate> rates = new EnumMap<>(UsageClass.class);
        for (UsageClass usageClass : UsageClass.values()) {
            if (usageClass.kind() != UsageClass.Kind.PIECES) {
                rates.put(usageClass, TieredRate.flat(Rate.ZERO));
            }
        }
        return rates;
    }
}
