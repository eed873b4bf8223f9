package io.rateguard.domain.id;

import java.util.UUID;

/** A RateGuard key. */
public record ApiKeyId(UUID value) {

    public static ApiKeyId of(String text) {
        return new ApiKeyId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
