package io.rateguard.domain.price;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The prices that ship with RateGuard ({@code prices/catalogue.json}); its README says where they come from. Safe for
 * use by many threads.
 */
public final class ShippedCatalogue implements PriceCatalogue {

    private static final String RESOURCE = "/prices/catalogue.json";

    private final Catalogue catalogue;
    private final Map<String, ProviderPrices> providers;

    ShippedCatalogue(Catalogue catalogue) {
        this.catalogue = catalogue;
        this.providers = catalogue.providers().entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey,
                        entry -> prices(catalogue.version() + "/" + entry.getKey(), entry.getValue())));
    }

    private static ProviderPrices prices(String provider, List<CataloguedModel> models) {
        try {
            return new ProviderPrices(models.stream()
                    .map(model -> new PricedModel(provider, model))
                    .toList());
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(provider + ": " + wrong.getMessage(), wrong);
        }
    }

    public static ShippedCatalogue load() {
        try (InputStream json = ShippedCatalogue.class.getResourceAsStream(RESOURCE)) {
            if (json == null) {
                throw new IllegalStateException(RESOURCE + ": missing from the class path");
            }
            return new ShippedCatalogue(CatalogueReader.read(json.readAllBytes()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(RESOURCE, unreadable);
        }
    }

    /** The date of the prices: {@code 2026-08-21}. */
    public String version() {
        return catalogue.version();
    }

    @Override
    public Optional<ModelPrice> find(List<String> providers, String model, Instant at) {
        return providers.stream()
                .flatMap(provider -> model(provider, model).stream())
                .findFirst()
                .flatMap(found -> found.priceAt(at));
    }

    Catalogue catalogue() {
        return catalogue;
    }

    /** The model that answers to a name. */
    Optional<PricedModel> model(String provider, String name) {
        return Optional.ofNullable(providers.get(provider)).flatMap(prices -> prices.find(name));
    }
}
