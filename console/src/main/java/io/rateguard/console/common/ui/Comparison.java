package io.rateguard.console.common.ui;

/** A figure beside what it was before, in words. */
public final class Comparison {

    /** From here on times say more than percent. */
    private static final int TIMES_FROM = 3;

    private Comparison() {}

    /**
     * {@code 8 % more than yesterday by now}, {@code as much as last month}, {@code 12 times of the 7 days before};
     * {@code nothing yesterday by now} where there is nothing to compare with.
     *
     * @param then what it is compared with, as a noun
     */
    public static String of(long now, long before, String then) {
        if (before <= 0) {
            return "nothing " + then;
        }
        long percent = Math.round(100.0 * (now - before) / before);
        if (percent == 0) {
            return "as much as " + then;
        }
        if (now >= TIMES_FROM * before) {
            return Amounts.count(Math.round((double) now / before)) + " times of " + then;
        }
        return Math.abs(percent) + " % " + (percent > 0 ? "more" : "less") + " than " + then;
    }
}
