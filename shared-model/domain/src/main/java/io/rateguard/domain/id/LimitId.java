package io.rateguard.domain.id;

import java.util.UUID;

/** A limit rule. */
public record LimitId(UUID value) {

    public static LimitId of(String text) {
        return new LimitId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
