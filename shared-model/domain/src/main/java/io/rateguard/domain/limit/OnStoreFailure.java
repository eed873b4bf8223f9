package io.rateguard.domain.limit;

import java.util.Arrays;
import java.util.Locale;

/** What a rule does while the store that counts for it does not answer. */
public enum OnStoreFailure {
    /** Each proxy counts for itself, up to its share of the limit. */
    LOCAL,
    /** Everything passes; what it costs is charged once the store answers again. */
    OPEN,
    /** Nothing passes. */
    CLOSED;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static OnStoreFailure ofWireName(String name) {
        return Arrays.stream(values())
                .filter(policy -> policy.wireName().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("onStoreFailure: " + name + " (expected: local, open or closed)"));
    }
}
