package io.rateguard.domain.price;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * A price per million units in whole pico-dollars (a thousandth of a nano-dollar), so that every published rate is a
 * whole number.
 */
public record Rate(BigInteger picosPerMillion) implements Comparable<Rate> {

    public static final Rate ZERO = new Rate(0);

    private static final int PICO_DIGITS = 12;

    public Rate {
        if (picosPerMillion.signum() < 0) {
            throw new IllegalArgumentException("rate: " + picosPerMillion + " (expected: 0 or more)");
        }
    }

    public Rate(long picosPerMillion) {
        this(BigInteger.valueOf(picosPerMillion));
    }

    /** @throws ArithmeticException when the amount is finer than a pico-dollar per million units */
    public static Rate ofUsdPerMillion(BigDecimal usd) {
        try {
            return new Rate(usd.movePointRight(PICO_DIGITS).toBigIntegerExact());
        } catch (ArithmeticException unfit) {
            throw new ArithmeticException("rate: " + usd + " (expected: at most 12 decimals)");
        }
    }

    /** The nearest rate there is, half-even; for sources that publish binary fractions. */
    static Rate nearest(BigDecimal usdPerMillion) {
        return ofUsdPerMillion(usdPerMillion.setScale(PICO_DIGITS, RoundingMode.HALF_EVEN));
    }

    Rate times(int factor) {
        return new Rate(picosPerMillion.multiply(BigInteger.valueOf(factor)));
    }

    Rate orDearer(Rate other) {
        return compareTo(other) < 0 ? other : this;
    }

    @Override
    public int compareTo(Rate other) {
        return picosPerMillion.compareTo(other.picosPerMillion);
    }

    public String usdPerMillion() {
        return picosPerMillion.signum() == 0
                ? "0"
                : new BigDecimal(picosPerMillion, PICO_DIGITS)
                        .stripTrailingZeros()
                        .toPlainString();
    }
}
