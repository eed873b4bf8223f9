package io.rateguard.counters;

import org.jspecify.annotations.Nullable;

/** The store did not answer in time, could not be reached, or could not take a write. */
public final class CountersUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean asked;

    /** Nothing was asked of the store. */
    CountersUnavailable(String message) {
        super(message, null, false, false);
        asked = false;
    }

    CountersUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause, false, false);
        asked = true;
    }

    /** Whether the store was asked, so that nobody knows whether anything was taken. */
    public boolean asked() {
        return asked;
    }
}
