package io.rateguard.console.overview;

import io.rateguard.domain.budget.BudgetPeriod;
import io.rateguard.domain.budget.BudgetWindow;
import io.rateguard.domain.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * Where a month ends up if it goes on as it went so far. Its first day is too short to tell.
 *
 * @param likely at its pace so far
 * @param low where four of five months end above, and below {@code high}, whose days go on as unevenly; both are as
 *     {@code likely} while fewer than three days are over
 */
public record Forecast(Money likely, Money low, Money high) {

    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();
    private static final int LEAST_DAYS = 3;
    /** How many standard deviations to either side hold four fifths of a normal distribution. */
    private static final double FOUR_OF_FIVE = 1.2816;

    /**
     * Of the month that holds an instant.
     *
     * @param wholeDays what each day of it that is over has spent
     */
    static Optional<Forecast> monthEnd(Money spentThisMonth, List<Money> wholeDays, Instant now, ZoneId zone) {
        BudgetWindow month = BudgetPeriod.MONTH.windowAt(now, zone);
        long elapsedMillis = now.toEpochMilli() - month.startMillis();
        if (elapsedMillis < DAY_MILLIS) {
            return Optional.empty();
        }
        BigDecimal whole = BigDecimal.valueOf(month.endMillis() - month.startMillis());
        long likely = BigDecimal.valueOf(spentThisMonth.nanos())
                .multiply(whole)
                .divide(BigDecimal.valueOf(elapsedMillis), 0, RoundingMode.HALF_EVEN)
                .longValueExact();
        double daysLeft = (month.endMillis() - now.toEpochMilli()) / (double) DAY_MILLIS;
        long spread = Math.round(FOUR_OF_FIVE * deviation(wholeDays) * Math.sqrt(daysLeft));
        // What is spent stays spent.
        long low = Math.max(Math.min(spentThisMonth.nanos(), likely), Math.subtractExact(likely, spread));
        return Optional.of(
                new Forecast(Money.ofNanos(likely), Money.ofNanos(low), Money.ofNanos(Math.addExact(likely, spread))));
    }

    /** The sample standard deviation, in nano-dollars. */
    private static double deviation(List<Money> days) {
        if (days.size() < LEAST_DAYS) {
            return 0;
        }
        double mean = days.stream().mapToLong(Money::nanos).average().orElse(0);
        double squares = days.stream()
                .mapToDouble(day -> (day.nanos() - mean) * (day.nanos() - mean))
                .sum();
        return Math.sqrt(squares / (days.size() - 1));
    }
}
