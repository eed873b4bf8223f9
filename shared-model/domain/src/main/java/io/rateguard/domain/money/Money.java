package io.rateguard.domain.money;

import java.math.BigDecimal;

/**
 * US dollars in whole billionths (nano-dollars); may be negative, as what remains of a budget or an adjusting entry
 * can be.
 */
public record Money(long nanos) implements Comparable<Money> {

    public static final Money ZERO = new Money(0);

    /** The largest amount that Redis scripts count exactly: 2⁵³ − 1 nano-dollars, about $9,007,199. */
    public static final long MAX_COUNTED_NANOS = (1L << 53) - 1;

    private static final int NANO_DIGITS = 9;

    public static Money ofNanos(long nanos) {
        return nanos == 0 ? ZERO : new Money(nanos);
    }

    public Money plus(Money other) {
        return new Money(Math.addExact(nanos, other.nanos));
    }

    public Money minus(Money other) {
        return new Money(Math.subtractExact(nanos, other.nanos));
    }

    /** Dollars as a plain decimal without trailing zeros: {@code 0.0000123}, {@code -4.5}, {@code 0}. */
    public String usd() {
        return decimal(NANO_DIGITS);
    }

    /** Cents as a plain decimal without trailing zeros. */
    public String cents() {
        return decimal(NANO_DIGITS - 2);
    }

    @Override
    public int compareTo(Money other) {
        return Long.compare(nanos, other.nanos);
    }

    private String decimal(int scale) {
        if (nanos == 0) {
            return "0";
        }
        return BigDecimal.valueOf(nanos, scale).stripTrailingZeros().toPlainString();
    }
}
