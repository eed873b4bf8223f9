package io.rateguard.proxy.dialect;

import java.util.Arrays;

/** The figures a provider named, by field; what it did not name is unknown, which is not zero. */
final class Counts<F extends Enum<F>> {

    /** More than any reply can use; a figure above it is taken for this. */
    static final long MOST = 1_000_000_000_000L;

    private static final long UNKNOWN = -1;

    private final long[] values;
    private boolean odd;

    Counts(int fields) {
        this.values = new long[fields];
        clear();
    }

    void clear() {
        Arrays.fill(values, UNKNOWN);
        odd = false;
    }

    void set(F field, long value) {
        odd |= value < 0 || value > MOST;
        values[field.ordinal()] = Math.clamp(value, 0, MOST);
    }

    /** Sets a figure unless a larger one is known. */
    void raise(F field, long value) {
        if (value > values[field.ordinal()]) {
            set(field, value);
        } else if (value < 0) {
            set(field, Math.max(value, values[field.ordinal()]));
            odd = true;
        }
    }

    /** Takes over all figures of another. */
    void copy(Counts<F> other) {
        System.arraycopy(other.values, 0, values, 0, values.length);
        odd = other.odd;
    }

    boolean knows(F field) {
        return values[field.ordinal()] != UNKNOWN;
    }

    long orZero(F field) {
        return Math.max(0, values[field.ordinal()]);
    }

    /** Whether a figure was negative or beyond reason. */
    boolean odd() {
        return odd;
    }
}
