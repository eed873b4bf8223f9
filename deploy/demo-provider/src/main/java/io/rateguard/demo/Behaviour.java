package io.rateguard.demo;

import java.util.Arrays;

/** What one answer shall be like: a value for each knob that was turned. Immutable. */
public final class Behaviour {

    static final Behaviour PLAIN = new Behaviour(new long[0]);

    private static final long UNSET = -1;
    private static final int DEFAULT_RETRY_AFTER_SECONDS = 1;

    private final long[] values;

    private Behaviour(long[] values) {
        this.values = values;
    }

    Behaviour with(Knob knob, String value) {
        return with(knob, knob.parse(value));
    }

    Behaviour with(Knob knob, long value) {
        int knobs = Knob.values().length;
        long[] changed = values.length == 0 ? new long[knobs] : values.clone();
        if (values.length == 0) {
            Arrays.fill(changed, UNSET);
        }
        changed[knob.ordinal()] = value;
        return new Behaviour(changed);
    }

    boolean has(Knob knob) {
        return values.length > 0 && values[knob.ordinal()] != UNSET;
    }

    long get(Knob knob, long otherwise) {
        return has(knob) ? values[knob.ordinal()] : otherwise;
    }

    long get(Knob knob) {
        return get(knob, 0);
    }

    boolean is(Knob flag) {
        return get(flag) == 1;
    }

    long retryAfterSeconds() {
        return get(Knob.RETRY_AFTER_SECONDS, DEFAULT_RETRY_AFTER_SECONDS);
    }

    Abort abort() {
        return has(Knob.ABORT) ? Abort.values()[(int) get(Knob.ABORT)] : Abort.NEVER;
    }

    String lineBreak() {
        return is(Knob.LINE_BREAK) ? "\r\n" : "\n";
    }

    /** In the order of {@link Knob#ABORT}'s choices. */
    enum Abort {
        BEFORE_HEADERS,
        AFTER_HEADERS,
        MID_BODY,
        MID_STREAM,
        NEVER
    }
}
