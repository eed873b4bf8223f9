package io.rateguard.counters;

import org.jspecify.annotations.Nullable;

/** Redis did not answer in time, could not be reached, or could not take a write; whether it took anything is unknown. */
public final class CountersUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CountersUnavailable(String message) {
        super(message, null, false, false);
    }

    CountersUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause, false, false);
    }
}
