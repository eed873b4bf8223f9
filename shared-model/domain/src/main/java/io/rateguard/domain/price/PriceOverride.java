package io.rateguard.domain.price;

import io.rateguard.domain.id.PriceOverrideId;
import io.rateguard.domain.limit.Glob;
import io.rateguard.domain.usage.UsageClass;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

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
        OptionalLong maxOutputTokens)
        implements OwnPrice {

    public PriceOverride {
        rates = Map.copyOf(rates);
        serviceTiers = Map.copyOf(serviceTiers);
        if (maxOutputTokens.isPresent() && maxOutputTokens.getAsLong() < 1) {
            throw new IllegalArgumentException(
                    "maxOutputTokens: " + maxOutputTokens.getAsLong() + " (expected: a whole number above 0)");
        }
    }

    @Override
    public ModelPrice price(OptionalLong catalogued) {
        return new ModelPrice(
                version(), rates, serviceTiers, maxOutputTokens.isPresent() ? maxOutputTokens : catalogued);
    }

    boolean holdsFor(String apiSlug, String modelName) {
        return (api == null || api.equals(apiSlug)) && model.matches(modelName);
    }

    boolean namesOneModel() {
        return model.text().indexOf('*') < 0;
    }
}
