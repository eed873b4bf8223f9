package io.rateguard.domain.api;

import java.util.Locale;

/** What happens to a path that the profile does not know how to meter. */
public enum UnknownPaths {
    /** Refused. */
    BLOCK,
    /** Let through at cost 0 per call: for APIs that are not paid by the call. */
    FLAT,
    /** Let through and marked as not priced. */
    UNPRICED;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static UnknownPaths ofWireName(String name) {
        for (UnknownPaths choice : values()) {
            if (choice.wireName().equals(name)) {
                return choice;
            }
        }
        throw new IllegalArgumentException("unknownPaths: " + name + " (expected: block, flat or unpriced)");
    }
}
