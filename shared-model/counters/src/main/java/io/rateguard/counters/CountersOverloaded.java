package io.rateguard.counters;

/** The wait for one of the places for admissions under way was too long; nothing was sent, nothing was taken. */
public final class CountersOverloaded extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CountersOverloaded(String message) {
        super(message, null, false, false);
    }
}
