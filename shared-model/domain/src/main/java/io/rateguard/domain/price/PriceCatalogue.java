package io.rateguard.domain.price;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where prices come from. */
public interface PriceCatalogue {

    /**
     * The price of a model at an instant: the exact id first, then the patterns, provider by provider. Nothing means
     * that the price is not known, which is not the same as free.
     *
     * @param providers where to look, in order
     */
    Optional<ModelPrice> find(List<String> providers, String model, Instant at);
}
