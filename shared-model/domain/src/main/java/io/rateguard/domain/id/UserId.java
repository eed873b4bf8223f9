package io.rateguard.domain.id;

import java.util.UUID;

/** A person who signs in to the console. */
public record UserId(UUID value) {

    public static UserId of(String text) {
        return new UserId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
