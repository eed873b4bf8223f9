package io.rateguard.console.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BeforeTest {

    @ParameterizedTest
    @CsvSource({
        "UTC, 1, 2026-11-15T14:05:00Z, 2026-11-14T14:05:00Z",
        "UTC, 7, 2026-11-15T00:00:00Z, 2026-11-08T00:00:00Z",
        // On 25 October clocks go back in Berlin.
        "Europe/Berlin, 1, 2026-10-25T13:00:00Z, 2026-10-24T12:00:00Z",
        // On 24 April there is no midnight in Cairo: that day begins at 1.
        "Africa/Cairo, 1, 2026-04-23T22:00:00Z, 2026-04-22T22:00:00Z",
        "Africa/Cairo, 1, 2026-04-24T21:00:00Z, 2026-04-23T22:00:00Z",
        "Africa/Cairo, 7, 2026-04-30T21:00:00Z, 2026-04-23T22:00:00Z",
    })
    void theSameTimeOfAnEarlierDay(String zone, int days, Instant at, Instant before) {
        assertThat(Before.days(days, at, ZoneId.of(zone))).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "UTC, 2026-11-15T14:05:00Z, 2026-10-15T14:05:00Z",
        "UTC, 2026-11-01T00:00:00Z, 2026-10-01T00:00:00Z",
        "UTC, 2027-03-28T23:59:00Z, 2027-02-28T23:59:00Z",
        "UTC, 2027-03-29T00:05:00Z, 2027-03-01T00:00:00Z",
        "UTC, 2027-03-31T10:00:00Z, 2027-03-01T00:00:00Z",
        "UTC, 2026-12-31T10:00:00Z, 2026-12-01T00:00:00Z",
        "UTC, 2026-08-31T10:00:00Z, 2026-07-31T10:00:00Z",
    })
    void theSameTimeOfTheMonthBeforeOrItsEnd(String zone, Instant at, Instant before) {
        assertThat(Before.month(at, ZoneId.of(zone))).isEqualTo(before);
    }
}
