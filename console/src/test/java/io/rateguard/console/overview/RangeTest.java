package io.rateguard.console.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.console.overview.Figures.Point;
import io.rateguard.domain.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class RangeTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void hasTwentyFourHoursOfWhichThePresentOneIsTheLast() {
        List<Instant> steps = Range.DAY.steps(Instant.parse("2026-11-23T14:20:00Z"), BERLIN);

        assertThat(steps).hasSize(24).isSorted();
        assertThat(steps.getLast()).isEqualTo("2026-11-23T14:00:00Z");
    }

    @Test
    void hasThirtyDaysOfTheZoneAlsoAcrossTheEndOfSummerTime() {
        List<Instant> steps = Range.MONTH.steps(Instant.parse("2026-11-02T12:00:00Z"), BERLIN);

        assertThat(steps).hasSize(30);
        assertThat(steps.getLast()).isEqualTo("2026-11-01T23:00:00Z");
        int longDay = steps.indexOf(Instant.parse("2026-10-24T22:00:00Z"));
        assertThat(Duration.between(steps.get(longDay), steps.get(longDay + 1))).isEqualTo(Duration.ofHours(25));
    }

    @Test
    void takesAnUnknownNameForTheLastDay() {
        assertThat(Range.ofWireName("30d")).isEqualTo(Range.MONTH);
        assertThat(Range.ofWireName("a year")).isEqualTo(Range.DAY);
    }

    @Test
    void givesQuietStepsAPointToo() {
        List<Instant> steps = Range.DAY.steps(Instant.parse("2026-11-23T14:20:00Z"), BERLIN);

        assertThat(Overview.points(steps, List.of()))
                .hasSize(24)
                .extracting(Point::spent)
                .containsOnly(Money.ZERO);
    }
}
