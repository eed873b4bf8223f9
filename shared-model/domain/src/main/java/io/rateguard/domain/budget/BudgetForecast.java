package io.rateguard.domain.budget;

import io.rateguard.domain.money.Money;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;

/** Where a window of a budget leads, going on as so far. */
public final class BudgetForecast {

    /** The first hours say little about the whole: a twentieth of the window is waited for. */
    private static final long SOONEST = 20;

    private BudgetForecast() {}

    /**
     * What it will have spent when it ends.
     *
     * @return nothing for a window that has hardly begun, has ended or never ends
     */
    public static Optional<Money> atEnd(BudgetWindow window, Money spent, long nowMillis) {
        long elapsed = nowMillis - window.startMillis();
        long whole = window.endMillis() - window.startMillis();
        if (window.endMillis() >= BudgetWindow.NEVER_ENDS || elapsed < whole / SOONEST || elapsed >= whole) {
            return Optional.empty();
        }
        BigInteger nanos = BigInteger.valueOf(spent.nanos())
                .multiply(BigInteger.valueOf(whole))
                .divide(BigInteger.valueOf(Math.max(1, elapsed)));
        return Optional.of(Money.ofNanos(
                nanos.min(BigInteger.valueOf(Money.MAX_COUNTED_NANOS)).longValueExact()));
    }

    /**
     * When an amount will be spent.
     *
     * @return nothing where it is spent already, or lasts until the window ends, or where {@link #atEnd} says nothing
     */
    public static Optional<Instant> spentAt(BudgetWindow window, Money amount, Money spent, long nowMillis) {
        if (spent.nanos() >= amount.nanos()) {
            return Optional.empty();
        }
        return atEnd(window, spent, nowMillis)
                .filter(end -> end.compareTo(amount) > 0)
                .map(end -> {
                    BigInteger needed = BigInteger.valueOf(nowMillis - window.startMillis())
                            .multiply(BigInteger.valueOf(amount.nanos()))
                            .divide(BigInteger.valueOf(spent.nanos()));
                    return Instant.ofEpochMilli(window.startMillis() + needed.longValueExact());
                });
    }
}
