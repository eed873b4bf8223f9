package io.rateguard.domain.price;

import io.rateguard.domain.api.Profile;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The prices that hold for a workspace: its own come before the catalogue's. */
public record WorkspacePrices(PriceOverrides own, PriceCatalogue catalogue) {

    /**
     * What a request is priced at; nothing when no price of its model is known.
     *
     * @param at when the request arrived
     */
    public Optional<ModelPrice> find(String apiSlug, Profile profile, String model, Instant at) {
        Optional<ModelPrice> catalogued = catalogue.find(profile.priceProviders(), model, at);
        return own.find(apiSlug, model)
                .map(override -> override.price(
                        catalogued.map(ModelPrice::maxOutputTokens).orElse(OptionalLong.empty())))
                .or(() -> catalogued);
    }

    /**
     * What it is priced at once its reply has named a model: where the name that was asked for may mean any, and has no
     * price of the workspace's own, the model of the reply decides if its price is known.
     *
     * @param served none where the reply names none
     */
    public Optional<ModelPrice> find(
            String apiSlug, Profile profile, String model, @Nullable String served, Instant at) {
        return Optional.ofNullable(served)
                .filter(named ->
                        profile.namesModelsFreely() && own.find(apiSlug, model).isEmpty())
                .flatMap(named -> find(apiSlug, profile, named, at))
                .or(() -> find(apiSlug, profile, model, at));
    }
}
