package io.rateguard.domain.price;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The models of one provider. A name found once is remembered, up to a bound that names made up by callers cannot
 * exceed.
 */
final class ProviderPrices {

    private static final int MAX_REMEMBERED = 2_000;
    private static final int MAX_REMEMBERED_LENGTH = 100;

    private final Map<String, PricedModel> byId;
    private final List<PricedModel> inOrder;
    private final Map<String, Optional<PricedModel>> remembered = new ConcurrentHashMap<>();

    ProviderPrices(List<PricedModel> models) {
        Map<String, PricedModel> ids = new HashMap<>();
        for (PricedModel model : models) {
            if (ids.put(model.id(), model) != null) {
                throw new IllegalArgumentException("model: " + model.id() + " twice (expected: once)");
            }
        }
        this.byId = Map.copyOf(ids);
        this.inOrder = List.copyOf(models);
    }

    List<PricedModel> models() {
        return inOrder;
    }

    Optional<PricedModel> find(String name) {
        PricedModel exact = byId.get(name);
        if (exact != null) {
            return Optional.of(exact);
        }
        Optional<PricedModel> known = remembered.get(name);
        if (known != null) {
            return known;
        }
        Optional<PricedModel> found =
                inOrder.stream().filter(model -> model.answersTo(name)).findFirst();
        if (name.length() <= MAX_REMEMBERED_LENGTH && remembered.size() < MAX_REMEMBERED) {
            remembered.put(name, found);
        }
        return found;
    }
}
