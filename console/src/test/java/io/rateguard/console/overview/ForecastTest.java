package io.rateguard.console.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.money.Money;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ForecastTest {

    @Test
    void goesOnAtTheMonthsPace() {
        Instant tenDaysIn = Instant.parse("2026-11-11T00:00:00Z");

        assertThat(likely(Money.ofNanos(10_000_000_000L), tenDaysIn, ZoneOffset.UTC))
                .hasValue(Money.ofNanos(30_000_000_000L));
    }

    @Test
    void unevenDaysMakeAWideBandAndEvenOnesNone() {
        Instant fourDaysIn = Instant.parse("2026-11-05T00:00:00Z");

        assertThat(monthEnd(400, List.of(100L, 100L, 100L, 100L), fourDaysIn)).isEqualTo(forecast(3000, 3000, 3000));
        // A deviation of 81.65 over the root of 26 days, 1.2816 times.
        assertThat(monthEnd(400, List.of(0L, 200L, 100L, 100L), fourDaysIn)).isEqualTo(forecast(3000, 2466, 3534));
        assertThat(monthEnd(400, List.of(0L, 400L), fourDaysIn)).isEqualTo(forecast(3000, 3000, 3000));
    }

    @Test
    void whatIsSpentStaysSpent() {
        Instant lastDay = Instant.parse("2026-11-30T00:00:00Z");

        Forecast end = monthEnd(1000, List.of(0L, 0L, 0L, 1000L), lastDay);

        assertThat(end.low()).isEqualTo(Money.ofNanos(1000));
    }

    private static Forecast monthEnd(long spent, List<Long> days, Instant now) {
        List<Money> wholeDays = days.stream().map(Money::ofNanos).toList();
        return Forecast.monthEnd(Money.ofNanos(spent), wholeDays, now, ZoneOffset.UTC)
                .orElseThrow();
    }

    private static Forecast forecast(long likely, long low, long high) {
        return new Forecast(Money.ofNanos(likely), Money.ofNanos(low), Money.ofNanos(high));
    }

    private static Optional<Money> likely(Money spent, Instant now, ZoneId zone) {
        return Forecast.monthEnd(spent, List.of(), now, zone).map(Forecast::likely);
    }

    @Test
    void saysNothingOnTheFirstDay() {
        assertThat(likely(Money.ofNanos(1), Instant.parse("2026-11-01T23:59:59Z"), ZoneOffset.UTC))
                .isEmpty();
    }

    @Test
    void takesTheMonthOfTheWorkspacesZone() {
        Instant stillOctoberInUtc = Instant.parse("2026-10-31T23:30:00Z");

        assertThat(likely(Money.ofNanos(31), stillOctoberInUtc, ZoneOffset.UTC)).hasValue(Money.ofNanos(31));
        assertThat(likely(Money.ofNanos(31), stillOctoberInUtc, ZoneId.of("Europe/Berlin")))
                .isEmpty();
    }
}
