package io.rateguard.domain.budget;

/** One run of a budget's period: its name is part of the counter's key; the end is exclusive. */
public record BudgetWindow(String name, long startMillis, long endMillis) {

    /** The end of a window that never ends: the year 9999. */
    public static final long NEVER_ENDS = 253_402_300_799_000L;

    public boolean holds(long instantMillis) {
        return instantMillis >= startMillis && instantMillis < endMillis;
    }

    /** When the budget starts anew, in milliseconds; 0: never. */
    public long resetMillis() {
        return endMillis < NEVER_ENDS ? endMillis : 0;
    }
}
