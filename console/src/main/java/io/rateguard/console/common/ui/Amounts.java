package io.rateguard.console.common.ui;

import io.rateguard.domain.money.Money;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How figures are written: whole cents from a dollar up, enough digits below it that two figures are left of even the
 * smallest amount, and units with everything.
 */
public final class Amounts {

    private static final DecimalFormatSymbols SYMBOLS = DecimalFormatSymbols.getInstance(Locale.US);
    private static final BigDecimal DOLLAR = BigDecimal.ONE;
    private static final BigDecimal CENT = new BigDecimal("0.01");
    /** A whole number that is no part of another word, and no dollars yet. */
    private static final Pattern NANOS = Pattern.compile("(?<![\\w$,.-])\\d{1,18}(?!\\w|[,.]\\d)");

    private static final int NANO_DIGITS = 9;
    private static final int SECOND_MILLIS = 1_000;

    private Amounts() {}

    /** {@code $12.34}, {@code $0.0312}, {@code $0.000050}. */
    public static String dollars(Money money) {
        BigDecimal usd = BigDecimal.valueOf(money.nanos(), NANO_DIGITS);
        String sign = usd.signum() < 0 ? "−" : "";
        return sign + "$" + digits(usd.abs());
    }

    /** {@code 0.0000502 USD (50,200 nano-dollars)}: nothing rounded. */
    public static String exactly(Money money) {
        return money.usd() + " USD (" + count(money.nanos()) + " nano-dollars)";
    }

    /** What a service says of nano-dollars, in dollars: {@code 5 (expected: 0)} as {@code $0.000000005 (expected: $0)}. */
    public static String inDollars(String words) {
        return NANOS.matcher(words)
                .replaceAll(found ->
                        "\\$" + Money.ofNanos(Long.parseLong(found.group())).usd());
    }

    public static String count(long count) {
        return new DecimalFormat("#,##0", SYMBOLS).format(count);
    }

    /** {@code 1 request}, {@code 1,200 requests}. */
    public static String count(long count, String one) {
        return count(count) + " " + one + (count == 1 ? "" : "s");
    }

    /** {@code 0.8 ms}, {@code 42 ms}, {@code 1.25 s}. */
    public static String millis(double millis) {
        if (millis >= SECOND_MILLIS) {
            return new DecimalFormat("#,##0.##", SYMBOLS).format(millis / SECOND_MILLIS) + " s";
        }
        return new DecimalFormat(millis < 10 ? "0.#" : "0", SYMBOLS).format(millis) + " ms";
    }

    /** {@code 3.2 %} of a whole. */
    public static String share(long part, long whole) {
        double percent = whole == 0 ? 0 : 100.0 * part / whole;
        return new DecimalFormat(percent < 10 ? "0.#" : "0", SYMBOLS).format(percent) + " %";
    }

    /** A price as it was published, with cents at least: {@code $0.15}, {@code $0.60}, {@code $0.075}. */
    public static String price(String usd) {
        BigDecimal price = new BigDecimal(usd);
        return "$"
                + price.setScale(Math.max(2, price.scale()), RoundingMode.UNNECESSARY)
                        .toPlainString();
    }

    /** {@code 30,000}, {@code 12.375}. */
    public static String decimal(BigDecimal number) {
        return new DecimalFormat("#,##0.###", SYMBOLS).format(number);
    }

    private static String digits(BigDecimal usd) {
        if (usd.signum() == 0 || usd.compareTo(DOLLAR) >= 0) {
            return new DecimalFormat("#,##0.00", SYMBOLS).format(usd);
        }
        BigDecimal rounded = usd.compareTo(CENT) >= 0
                ? usd.setScale(4, RoundingMode.HALF_EVEN)
                : usd.round(new MathContext(2, RoundingMode.HALF_EVEN));
        int places = Math.max(2, Math.max(rounded.scale(), 0));
        String text = rounded.setScale(places, RoundingMode.HALF_EVEN).toPlainString();
        return text.endsWith("00") && places == 4 ? text.substring(0, text.length() - 2) : text;
    }
}
