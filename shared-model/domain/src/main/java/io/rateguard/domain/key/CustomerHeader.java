package io.rateguard.domain.key;

import java.util.Locale;

/** What the header {@code X-RateGuard-Customer} counts for. A customer that the key names itself wins in any case. */
public enum CustomerHeader {
    IGNORED,
    TRUSTED,
    /** A request that names no customer is refused. */
    REQUIRED;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static CustomerHeader ofWireName(String name) {
        for (CustomerHeader header : values()) {
            if (header.wireName().equals(name)) {
                return header;
            }
        }
        throw new IllegalArgumentException("customerHeader: \"" + name + "\" (expected: ignored, trusted or required)");
    }
}
