package io.rateguard.domain.key;

import java.util.Locale;

/** Whether a key may be used; revoked is for ever. */
public enum KeyStatus {
    ACTIVE,
    SUSPENDED,
    REVOKED;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static KeyStatus ofWireName(String name) {
        for (KeyStatus status : values()) {
            if (status.wireName().equals(name)) {
                return status;
            }
        }
        throw new IllegalArgumentException("status: " + name + " (expected: active, suspended or revoked)");
    }
}
