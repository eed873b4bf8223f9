package io.rateguard.console.common.ui;

import io.rateguard.console.problem.Problem;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * How figures are read that people type, as {@link Amounts} writes them: a comma stands between whole groups of thousands
 * and nowhere else. Whoever means a decimal by it is told so, and not taken at many times their word.
 */
public final class TypedFigures {

    private static final Pattern FIGURE = Pattern.compile("(\\d+|[1-9]\\d{0,2}(,\\d{3})+)(\\.\\d+)?");
    private static final int NANO_DIGITS = 9;

    private TypedFigures() {}

    /** Nano-dollars of {@code 250}, {@code $1,250.50}. @param field by which an objection names it */
    public static long nanos(String field, String text) {
        String typed = text.strip();
        return whole(
                field,
                typed,
                figure(
                                field,
                                typed,
                                typed.replaceFirst("^\\$\\s*", ""),
                                "dollars, such as 250 or 0.50, commas between thousands")
                        .movePointRight(NANO_DIGITS),
                "dollars with at most 9 decimals, and less than 9 million");
    }

    /** The whole number of {@code 600}, {@code 1,200}. @param field by which an objection names it */
    public static long count(String field, String text) {
        String typed = text.strip();
        String expected = "a whole number, such as 600 or 1,200";
        return whole(field, typed, figure(field, typed, typed, expected), expected);
    }

    private static BigDecimal figure(String field, String typed, String figure, String expected) {
        if (!FIGURE.matcher(figure).matches()) {
            throw refused(field, typed, expected);
        }
        return new BigDecimal(figure.replace(",", ""));
    }

    private static long whole(String field, String typed, BigDecimal figure, String expected) {
        try {
            return figure.longValueExact();
        } catch (ArithmeticException fractionOrOverflow) {
            throw refused(field, typed, expected);
        }
    }

    private static Problem refused(String field, String typed, String expected) {
        return Problem.invalid(field + ": " + typed + " (expected: " + expected + ")");
    }
}
