package io.rateguard.alerts.correction;

import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.event.RequestEvent.Metering;
import io.rateguard.domain.id.ApiId;
import io.rateguard.domain.money.Money;
import io.rateguard.domain.price.ModelPrice;
import io.rateguard.domain.price.Priced;
import io.rateguard.domain.price.WorkspacePrices;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What recorded requests cost at other prices, as a proxy would have charged them.
 *
 * @param providers where the catalogue has the prices of each API
 */
record Rating(WorkspacePrices prices, Map<ApiId, List<String>> providers) {

    Rating {
        providers = Map.copyOf(providers);
    }

    /** What became of a request. */
    sealed interface Rated {}

    record Costs(long nanos, String priceVersion) implements Rated {}

    /** Nothing that is billed was used. */
    record Unused() implements Rated {}

    /** Its use was not reported by the provider: it was charged by estimate. */
    record Estimated() implements Rated {}

    /** No price is known, or none for a class that was used. */
    record Unpriced() implements Rated {}

    Rated rate(RequestEvent event) {
        return switch (event.metering().source()) {
            case NONE -> new Unused();
            case COUNTED, ESTIMATED -> new Estimated();
            case PROVIDER, PARTIAL ->
                price(event).flatMap(price -> cost(price, event.metering())).orElseGet(Unpriced::new);
        };
    }

    private Optional<ModelPrice> price(RequestEvent event) {
        String model = event.call().model();
        ApiId api = event.call().api();
        if (model == null || api == null) {
            return Optional.empty();
        }
        return prices.find(
                event.call().apiSlug(),
                providers.getOrDefault(api, List.of()),
                model,
                Instant.ofEpochMilli(event.times().arrivedAtMillis()));
    }

    private static Optional<Rated> cost(ModelPrice price, Metering metering) {
        try {
            return Priced.of(price, metering.usage(), metering.serviceTier())
                    .cost()
                    .filter(cost -> cost.nanos() <= Money.MAX_COUNTED_NANOS)
                    .map(cost -> new Costs(cost.nanos(), price.version()));
        } catch (ArithmeticException absurd) {
            return Optional.empty();
        }
    }
}
