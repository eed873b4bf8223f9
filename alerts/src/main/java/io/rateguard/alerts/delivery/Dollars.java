package io.rateguard.alerts.delivery;

import io.rateguard.domain.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Amounts as people read them, in cents where cents say enough. */
final class Dollars {

    private static final long DOLLAR_NANOS = 1_000_000_000L;
    private static final int NANO_DIGITS = 9;

    private Dollars() {}

    /** As exactly as the other amount needs it; never more than there is. */
    static String of(Money money, Money besides) {
        BigDecimal dollars =
                BigDecimal.valueOf(money.nanos(), NANO_DIGITS).setScale(digits(besides), RoundingMode.DOWN);
        BigDecimal shown = dollars.stripTrailingZeros();
        return String.format(Locale.ROOT, "$%,." + Math.max(2, shown.scale()) + "f", shown);
    }

    private static int digits(Money money) {
        if (money.nanos() >= DOLLAR_NANOS) {
            return 2;
        }
        return money.nanos() >= DOLLAR_NANOS / 100 ? 4 : NANO_DIGITS;
    }
}
