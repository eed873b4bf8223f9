package io.rateguard.domain.id;

import java.util.UUID;

/** A price that a workspace has set itself. */
public record PriceOverrideId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
