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

    private final String version;
    private final Map<String, ProviderPrices> providers;

    ShippedCatalogue(Catalogue catalogue) {
        this.version = catalogue.version();
        this.providers = catalogue.providers().entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, entry -> prices(version + "/" + entry.getKey(), entry.getValue())));
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
        return version;
    }

    @Override
    public Optional<ModelPrice> find(List<String> providers, String model, Instant at) {
        for (String provider : providers) {
            ProviderPrices prices = this.providers.get(provider);
            Optional<PricedModel> found = prices == null ? Optional.empty() : prices.find(model);
            if (found.isPresent()) {
                return found.get().priceAt(at);
            }
        }
        return Optional.empty();
    }
}
