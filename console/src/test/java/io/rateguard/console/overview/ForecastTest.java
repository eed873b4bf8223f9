package io.rateguard.console.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.money.Money;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ForecastTest {

    @Test
    void goesOnAtTheMonthsPace() {
        Instant tenDaysIn = Instant.parse("2026-11-11T00:00:00Z");

        assertThat(Forecast.monthEnd(Money.ofNanos(10_000_000_000L), tenDaysIn, ZoneOffset.UTC))
                .hasValue(Money.ofNanos(30_000_000_000L));
    }

    @Test
    void saysNothingOnTheFirstDay() {
        assertThat(Forecast.monthEnd(Money.ofNanos(1), Instant.parse("2026-11-01T23:59:59Z"), ZoneOffset.UTC))
                .isEmpty();
    }

    @Test
    void takesTheMonthOfTheWorkspacesZone() {
        Instant stillOctoberInUtc = Instant.parse("2026-10-31T23:30:00Z");

        assertThat(Forecast.monthEnd(Money.ofNanos(31), stillOctoberInUtc, ZoneOffset.UTC))
                .hasValue(Money.ofNanos(31));
        assertThat(Forecast.monthEnd(Money.ofNanos(31), stillOctoberInUtc, ZoneId.of("Europe/Berlin")))
                .isEmpty();
    }
}
