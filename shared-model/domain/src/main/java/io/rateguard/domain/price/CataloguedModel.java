package io.rateguard.domain.price;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A model of the catalogue: the names it answers to, and its prices from the oldest to the newest. */
record CataloguedModel(String id, NameRule match, List<DatedPrice> prices) {

    CataloguedModel {
        prices = List.copyOf(prices);
    }

    Optional<ModelPrice> priceAt(Instant at) {
        Optional<ModelPrice> price = Optional.empty();
        for (DatedPrice dated : prices) {
            if (dated.from().isAfter(at)) {
                break;
            }
            price = Optional.of(dated.price());
        }
        return price;
    }

    record DatedPrice(Instant from, ModelPrice price) {}
}
