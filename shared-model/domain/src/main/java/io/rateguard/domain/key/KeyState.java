package io.rateguard.domain.key;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a key is at an instant: how it is kept, and what time has made of it. */
public enum KeyState {
    ACTIVE,
    /** Has a successor, and works beside it until its grace ends. */
    ROTATED,
    SUSPENDED,
    /** Its time or its grace is over. */
    EXPIRED,
    /** For ever. */
    REVOKED;

    /**
     * @param rotated whether it has a successor
     * @param expiresAt the first instant at which it works no more; null for never
     */
    public static KeyState of(KeyStatus status, boolean rotated, @Nullable Instant expiresAt, Instant now) {
        if (status == KeyStatus.REVOKED) {
            return REVOKED;
        }
        if (expiresAt != null && !expiresAt.isAfter(now)) {
            return EXPIRED;
        }
        if (status == KeyStatus.SUSPENDED) {
            return SUSPENDED;
        }
        return rotated ? ROTATED : ACTIVE;
    }

    /** Whether requests are let in by it. */
    public boolean works() {
        return this == ACTIVE || this == ROTATED;
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
