package io.rateguard.domain.id;

import java.util.UUID;

/** An API that a workspace calls through the proxy. */
public record ApiId(UUID value) {

    public static ApiId of(String text) {
        return new ApiId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
