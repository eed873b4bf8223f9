package io.rateguard.alerts.evaluation;

import io.rateguard.domain.budget.BudgetWindow;
import io.rateguard.domain.money.Money;
import java.math.BigInteger;
import java.util.Optional;

/** What a window will have spent when it ends, going on as so far. */
final class Forecast {

    /** The first hours say little about the whole: a twentieth of the window is waited for. */
    private static final long SOONEST = 20;

    private Forecast() {}

    /** @return nothing for a window that has hardly begun, has ended or never ends */
    static Optional<Money> of(BudgetWindow window, Money spent, long nowMillis) {
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
}
