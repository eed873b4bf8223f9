package io.rateguard.domain.price;

import io.rateguard.domain.price.CataloguedModel.DatedPrice;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A catalogue ready to be asked: the one that ships with RateGuard ({@code prices/catalogue.json}; its README says where
 * the figures come from), or one that was made of it since. Safe for use by many threads.
 */
public final class ShippedCatalogue implements PriceCatalogue {

    private static final String RESOURCE = "/prices/catalogue.json";
    private static final Pattern NAME = Pattern.compile("[ ,]");
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

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
        return new ShippedCatalogue(CatalogueReader.load(RESOURCE));
    }

    /** @throws IllegalArgumentException when this is no catalogue, saying where it is wrong */
    public static ShippedCatalogue of(String json) {
        return new ShippedCatalogue(CatalogueReader.read(json.getBytes(StandardCharsets.UTF_8)));
    }

    /** The same prices under another version. */
    public ShippedCatalogue named(String version) {
        return new ShippedCatalogue(new Catalogue(version, catalogue.sources(), catalogue.providers()));
    }

    /** What {@link #of} reads. */
    public String json() {
        return CatalogueWriter.write(catalogue);
    }

    /** Where its figures come from, in words. */
    public List<String> sources() {
        return catalogue.sources();
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

    /**
     * A model of this catalogue.
     *
     * @param price what it costs now; empty where that is not known
     * @param origin since when, where that is known, and by whom, with their date: {@code since 2026-03-13; LiteLLM,
     *     2026-07-24}; empty where the catalogue does not say
     */
    public record Listed(String provider, String model, Optional<ModelPrice> price, String origin) {}

    /** All models, in the order of the catalogue. */
    public List<Listed> list(Instant at) {
        return catalogue.providers().keySet().stream()
                .flatMap(provider -> Objects.requireNonNull(providers.get(provider)).models().stream()
                        .map(model -> new Listed(
                                provider,
                                model.id(),
                                model.priceAt(at),
                                model.datedAt(at).map(ShippedCatalogue::origin).orElse(""))))
                .toList();
    }

    private static String origin(DatedPrice price) {
        Stream<String> since = price.from() == null ? Stream.empty() : Stream.of("since " + price.from());
        return Stream.concat(since, price.sources().stream().map(ShippedCatalogue::briefly))
                .collect(Collectors.joining("; "));
    }

    /** Who says it, and the date. */
    private static String briefly(String source) {
        Matcher date = DATE.matcher(source);
        return NAME.split(source, 2)[0] + (date.find() ? ", " + date.group() : "");
    }

    Catalogue catalogue() {
        return catalogue;
    }

    /** The model that answers to a name. */
    Optional<PricedModel> model(String provider, String name) {
        return Optional.ofNullable(providers.get(provider)).flatMap(prices -> prices.find(name));
    }
}
