package io.rateguard.console.common.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MomentsTest {

    private final Moments berlin = new Moments(ZoneId.of("Europe/Berlin"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-01-02T10:00:05Z|11:00:05",
                "2026-01-01T23:00:05Z|00:00:05",
                "2026-01-01T22:59:05Z|1 Jan, 23:59:05",
                "2025-12-31T23:00:05Z|1 Jan, 00:00:05",
                "2025-12-31T22:59:05Z|31 Dec 2025, 23:59:05",
                "2027-01-02T10:00:05Z|2 Jan 2027, 11:00:05"
            })
    void saysOfATimeWhatOfItsDateIsNotTodays(Instant instant, String text) {
        assertThat(berlin.recent(instant, Instant.parse("2026-01-02T12:00:00Z")))
                .isEqualTo(text);
    }
}
