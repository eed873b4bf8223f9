package io.rateguard.domain.price;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The prices that hold for a workspace: its own come before the catalogue's. */
public record WorkspacePrices(PriceOverrides own, PriceCatalogue catalogue) {

    /**
     * What a request is priced at; nothing when no price of its model is known.
     *
     * @param providers where to look in the catalogue, in order
     * @param at when the request arrived
     */
    public Optional<ModelPrice> find(String apiSlug, List<String> providers, String model, Instant at) {
        Optional<ModelPrice> catalogued = catalogue.find(providers, model, at);
        return own.find(apiSlug, model)
                .map(override -> override.price(
                        catalogued.map(ModelPrice::maxOutputTokens).orElse(OptionalLong.empty())))
                .or(() -> catalogued);
    }
}
