package io.rateguard.domain.price;

import io.rateguard.domain.id.PriceOverrideId;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A price that a workspace has set itself: for models, or for calls. */
public sealed interface OwnPrice permits PriceOverride, CallPrice {

    String VERSION = "override/";

    PriceOverrideId id();

    /** The slug of the one API it holds for; none: for all. */
    @Nullable
    String api();

    /** @param catalogued the maximum output that the catalogue knows of the model */
    ModelPrice price(OptionalLong catalogued);

    /** What events call it: {@code override/<id>}. */
    default String version() {
        return VERSION + id();
    }

    /** The id in the name of a price, where it is that of a workspace's own. */
    static Optional<PriceOverrideId> idOf(String version) {
        try {
            return version.startsWith(VERSION)
                    ? Optional.of(new PriceOverrideId(UUID.fromString(version.substring(VERSION.length()))))
                    : Optional.empty();
        } catch (IllegalArgumentException noId) {
            return Optional.empty();
        }
    }
}
