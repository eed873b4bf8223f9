package io.rateguard.domain.price;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The prices that ship with RateGuard ({@code prices/catalogue.json}); its README says where they come from. Safe for
 * use by many threads.
 */
public final class ShippedCatalogue implements PriceCatalogue {

    private static final String RESOURCE = "/prices/catalogue.json";

    private final String version;
    private final Map<String, ProviderPrices> providers;

    ShippedCatalogue(String version, Map<String, ProviderPrices> providers) {
        this.version = version;
        this.providers = Map.copyOf(providers);
    }

    public static ShippedCatalogue load() {
        try (InputStream json = ShippedCatalogue.class.getResourceAsStream(RESOURCE)) {
            if (json == null) {
                throw new IllegalStateException(RESOURCE + ": missing from the class path");
            }
            return CatalogueReader.read(json.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(RESOURCE, unreadable);
        }
    }

    /** The date of the prices: {@code 2026-08-21}. */
    public String version() {
        return version;
    }

    @Override
    public Optional<ModelPrice> find(List<String> providers, String model, Instant at) {
        for (String provider : providers) {
            ProviderPrices prices = this.providers.get(provider);
            Optional<CataloguedModel> found = prices == null ? Optional.empty() : prices.find(model);
            if (found.isPresent()) {
                return found.get().priceAt(at);
            }
        }
        return Optional.empty();
    }
}
