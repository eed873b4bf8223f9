package io.rateguard.domain.price;

import io.rateguard.domain.id.PriceOverrideId;
import io.rateguard.domain.limit.Glob;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A workspace's own price as the database keeps it, in the shapes of the management API.
 *
 * @param api empty: for all
 * @param model empty for a price of calls
 * @param maxOutputTokens not above 0: as the catalogue says
 * @param call and {@code charge}, none for a price of models
 */
public record PriceRow(
        UUID id,
        String api,
        String model,
        String rates,
        String serviceTiers,
        long maxOutputTokens,
        @Nullable String call,
        @Nullable String charge) {

    /** @throws IllegalArgumentException when it speaks of what is not understood */
    public OwnPrice price() {
        PriceOverrideId priceId = new PriceOverrideId(id);
        return call != null && charge != null
                ? CallPriceShapes.read(priceId, api, json(call), json(charge))
                : new PriceOverride(
                        priceId,
                        api.isEmpty() ? null : api,
                        Glob.ofName(model),
                        PriceShapes.rates("rates", json(rates)),
                        PriceShapes.serviceTiers("serviceTiers", json(serviceTiers)),
                        maxOutputTokens > 0 ? OptionalLong.of(maxOutputTokens) : OptionalLong.empty());
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
