package io.rateguard.domain.price;

import io.rateguard.domain.id.PriceOverrideId;
import io.rateguard.domain.limit.Glob;
import io.rateguard.domain.usage.UsageClass;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A price that a workspace has set itself; it takes the place of the catalogue's in every class.
 *
 * @param api the slug of the one API it holds for; none: for all
 * @param model the names it holds for
 * @param maxOutputTokens empty: as the catalogue says
 */
public record PriceOverride(
        PriceOverrideId id,
        @Nullable String api,
        Glob model,
        Map<UsageClass, TieredRate> rates,
        Map<ServiceTier, Map<UsageClass, TieredRate>> serviceTiers,
        OptionalLong maxOutputTokens) {

    private static final String VERSION = "override/";

    public PriceOverride {
        rates = Map.copyOf(rates);
        serviceTiers = Map.copyOf(serviceTiers);
        if (maxOutputTokens.isPresent() && maxOutputTokens.getAsLong() < 1) {
            throw new IllegalArgumentException(
                    "maxOutputTokens: " + maxOutputTokens.getAsLong() + " (expected: a whole number above 0)");
        }
    }

    /**
     * One as the database keeps it.
     *
     * @param api empty: for all
     * @param rates and {@code serviceTiers} in the shapes of the management API
     * @param maxOutputTokens not above 0: as the catalogue says
     * @throws IllegalArgumentException when it speaks of what is not understood
     */
    public static PriceOverride of(
            UUID id, String api, String model, JsonNode rates, JsonNode serviceTiers, long maxOutputTokens) {
        return new PriceOverride(
                new PriceOverrideId(id),
                api.isEmpty() ? null : api,
                Glob.ofName(model),
                PriceShapes.rates("rates", rates),
                PriceShapes.serviceTiers("serviceTiers", serviceTiers),
                maxOutputTokens > 0 ? OptionalLong.of(maxOutputTokens) : OptionalLong.empty());
    }

    /** What events call its price: {@code override/<id>}. */
    public static String version(PriceOverrideId id) {
        return VERSION + id;
    }

    /** The id in the name of a price, where it is that of an override. */
    public static Optional<PriceOverrideId> idOf(String version) {
        try {
            return version.startsWith(VERSION)
                    ? Optional.of(new PriceOverrideId(UUID.fromString(version.substring(VERSION.length()))))
                    : Optional.empty();
        } catch (IllegalArgumentException noId) {
            return Optional.empty();
        }
    }

    /** @param catalogued the maximum output that the catalogue knows of the model */
    public ModelPrice price(OptionalLong catalogued) {
        return new ModelPrice(
                version(id), rates, serviceTiers, maxOutputTokens.isPresent() ? maxOutputTokens : catalogued);
    }

    boolean holdsFor(String apiSlug, String modelName) {
        return (api == null || api.equals(apiSlug)) && model.matches(modelName);
    }

    boolean namesOneModel() {
        return model.text().indexOf('*') < 0;
    }
}
