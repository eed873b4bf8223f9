package io.rateguard.domain.api;

import java.util.Locale;

/** How an upstream takes its credential. */
public enum AuthType {
    /** {@code Authorization: Bearer <secret>}. */
    BEARER,
    /** A header of its own, {@code x-api-key} unless named. */
    HEADER,
    /** {@code Authorization: Basic}, the secret being {@code user:password} or a user name alone. */
    BASIC,
    /** A query parameter, {@code key} unless named. */
    QUERY,
    NONE;

    /** Whether what it goes by has a name of its own. */
    public boolean isNamed() {
        return this == HEADER || this == QUERY;
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static AuthType ofWireName(String name) {
        for (AuthType type : values()) {
            if (type.wireName().equals(name)) {
                return type;
            }
        }
        throw new IllegalArgumentException("auth.type: " + name + " (expected: bearer, header, basic, query or none)");
    }
}
