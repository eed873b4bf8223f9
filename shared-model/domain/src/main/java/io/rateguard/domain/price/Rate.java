package io.rateguard.domain.price;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A price per million units in whole pico-dollars (a thousandth of a nano-dollar), so that every published rate is a
 * whole number.
 */
public record Rate(long picosPerMillion) {

    public static final Rate ZERO = new Rate(0);

    private static final int PICO_DIGITS = 12;

    public Rate {
        if (picosPerMillion < 0) {
            throw new IllegalArgumentException("rate: " + picosPerMillion + " (expected: 0 or more)");
        }
    }

    /** @throws ArithmeticException when the amount is finer than a pico-dollar per million units, or too large */
    public static Rate ofUsdPerMillion(BigDecimal usd) {
        try {
            return new Rate(usd.movePointRight(PICO_DIGITS).longValueExact());
        } catch (ArithmeticException unfit) {
            throw new ArithmeticException("rate: " + usd + " (expected: at most 12 decimals, and less than 9 million)");
        }
    }

    /** The nearest rate there is, half-even; for sources that publish binary fractions. */
    static Rate nearest(BigDecimal usdPerMillion) {
        return ofUsdPerMillion(usdPerMillion.setScale(PICO_DIGITS, RoundingMode.HALF_EVEN));
    }

    Rate times(int factor) {
        return new Rate(Math.multiplyExact(picosPerMillion, factor));
    }

    public String usdPerMillion() {
        return picosPerMillion == 0
                ? "0"
                : BigDecimal.valueOf(picosPerMillion, PICO_DIGITS)
                        .stripTrailingZeros()
                        .toPlainString();
    }
}
