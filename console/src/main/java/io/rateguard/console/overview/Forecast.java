package io.rateguard.console.overview;

import io.rateguard.domain.budget.BudgetPeriod;
import io.rateguard.domain.budget.BudgetWindow;
import io.rateguard.domain.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** Where a month ends up if it goes on as it went so far. Its first day is too short to tell. */
final class Forecast {

    private static final long LEAST_MILLIS = Duration.ofDays(1).toMillis();

    private Forecast() {}

    static Optional<Money> monthEnd(Money spentThisMonth, Instant now, ZoneId zone) {
        BudgetWindow month = BudgetPeriod.MONTH.windowAt(now, zone);
        long elapsedMillis = now.toEpochMilli() - month.startMillis();
        if (elapsedMillis < LEAST_MILLIS) {
            return Optional.empty();
        }
        BigDecimal whole = BigDecimal.valueOf(month.endMillis() - month.startMillis());
        return Optional.of(Money.ofNanos(BigDecimal.valueOf(spentThisMonth.nanos())
                .multiply(whole)
                .divide(BigDecimal.valueOf(elapsedMillis), 0, RoundingMode.HALF_EVEN)
                .longValueExact()));
    }
}
