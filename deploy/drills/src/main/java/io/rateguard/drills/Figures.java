package io.rateguard.drills;

import static java.util.Locale.ROOT;

import java.time.Duration;

/** How figures are written. */
public final class Figures {

    private Figures() {}

    /** Formatted for no place in particular. */
    public static String text(String format, Object... values) {
        return String.format(ROOT, format, values);
    }

    /** {@code 1,234} */
    public static String count(long number) {
        return String.format(ROOT, "%,d", number);
    }

    /** {@code 12.3 %} */
    public static String percent(long part, long whole) {
        return String.format(ROOT, "%.1f %%", 100.0 * part / whole);
    }

    /** {@code 0.35 s} */
    public static String seconds(Duration duration) {
        return String.format(ROOT, "%.2f s", duration.toMillis() / 1_000.0);
    }
}
