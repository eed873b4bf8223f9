package io.rateguard.console.costs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeriodTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    /** Half past midnight in Berlin, the day before in UTC. */
    private static final Instant NOW = Instant.parse("2026-11-14T23:30:00Z");

    @ParameterizedTest
    @CsvSource({
        "TODAY, 2026-11-14T23:00:00Z",
        "WEEK, 2026-11-08T23:00:00Z",
        "MONTH, 2026-10-31T23:00:00Z",
        "LAST_MONTH, 2026-09-30T22:00:00Z",
        "MONTH_BACK, 2026-10-16T22:00:00Z",
        "QUARTER_BACK, 2026-08-17T22:00:00Z"
    })
    void startsWithADayOfTheZone(Period period, Instant start) {
        assertThat(period.from(NOW, BERLIN)).isEqualTo(start);
    }

    @Test
    void endsNowOrWithTheLastMonth() {
        assertThat(Period.MONTH.to(NOW, BERLIN)).isEqualTo(NOW);
        assertThat(Period.LAST_MONTH.to(NOW, BERLIN)).isEqualTo("2026-10-31T23:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({
        "TODAY, 2026-11-13T23:00:00Z, 2026-11-13T23:30:00Z",
        "WEEK, 2026-11-01T23:00:00Z, 2026-11-07T23:30:00Z",
        "MONTH, 2026-09-30T22:00:00Z, 2026-10-14T22:30:00Z",
        "LAST_MONTH, 2026-08-31T22:00:00Z, 2026-09-30T22:00:00Z",
        "MONTH_BACK, 2026-09-16T22:00:00Z, 2026-10-15T22:30:00Z",
        "QUARTER_BACK, 2026-05-19T22:00:00Z, 2026-08-16T22:30:00Z"
    })
    void isComparedWithAsMuchOfThePeriodBefore(Period period, Instant from, Instant to) {
        assertThat(period.fromBefore(NOW, BERLIN)).isEqualTo(from);
        assertThat(period.toBefore(NOW, BERLIN)).isEqualTo(to);
    }

    @Test
    void aShorterMonthBeforeEndsWithItself() {
        Instant last = Instant.parse("2027-03-31T10:00:00Z");

        assertThat(Period.MONTH.toBefore(last, BERLIN)).isEqualTo("2027-02-28T23:00:00Z");
    }

    @Test
    void anUnknownNameMeansThisMonth() {
        assertThat(Period.ofWireName("90d")).isEqualTo(Period.QUARTER_BACK);
        assertThat(Period.ofWireName("ever")).isEqualTo(Period.MONTH);
    }
}
