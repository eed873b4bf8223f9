package io.rateguard.domain.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BudgetPeriodTest {

    private static final Instant FIRST = Instant.parse("1995-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("2045-01-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "DAY, 2026-03-29T12:00:00Z, 2026-03-29, 2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z",
        "DAY, 2026-10-25T12:00:00Z, 2026-10-25, 2026-10-24T22:00:00Z, 2026-10-25T23:00:00Z",
        "WEEK, 2026-03-29T21:59:59Z, w2026-03-23, 2026-03-22T23:00:00Z, 2026-03-29T22:00:00Z",
        "MONTH, 2024-02-29T22:59:59.999Z, 2024-02, 2024-01-31T23:00:00Z, 2024-02-29T23:00:00Z",
        "MONTH, 2024-02-29T23:00:00Z, 2024-03, 2024-02-29T23:00:00Z, 2024-03-31T22:00:00Z",
        "MONTH, 2026-12-31T23:00:00Z, 2027-01, 2026-12-31T23:00:00Z, 2027-01-31T23:00:00Z",
        "QUARTER, 2026-06-30T21:59:59Z, q2026-04, 2026-03-31T22:00:00Z, 2026-06-30T22:00:00Z",
        "QUARTER, 2026-12-31T22:59:59Z, q2026-10, 2026-09-30T22:00:00Z, 2026-12-31T23:00:00Z"
    })
    void followsTheCalendarOfBerlin(BudgetPeriod period, Instant instant, String name, Instant start, Instant end) {
        assertThat(period.windowAt(instant, ZoneId.of("Europe/Berlin")))
                .isEqualTo(new BudgetWindow(name, start.toEpochMilli(), end.toEpochMilli()));
    }

    @Test
    void aTotalNeverStartsAnew() {
        Instant now = Instant.parse("2026-11-25T12:00:00Z");

        assertThat(BudgetPeriod.TOTAL.windowAt(now, ZoneOffset.UTC).resetMillis())
                .isZero();
        assertThat(BudgetPeriod.DAY.windowAt(now, ZoneOffset.UTC).resetMillis())
                .isEqualTo(Instant.parse("2026-11-26T00:00:00Z").toEpochMilli());
    }

    @Test
    void hasDaysOf23And25HoursInNewYork() {
        ZoneId zone = ZoneId.of("America/New_York");

        assertThat(length(BudgetPeriod.DAY.windowAt(Instant.parse("2026-03-08T17:00:00Z"), zone)))
                .isEqualTo(Duration.ofHours(23));
        assertThat(length(BudgetPeriod.DAY.windowAt(Instant.parse("2026-11-01T17:00:00Z"), zone)))
                .isEqualTo(Duration.ofHours(25));
        assertThat(length(BudgetPeriod.MONTH.windowAt(Instant.parse("2026-11-15T00:00:00Z"), zone)))
                .isEqualTo(Duration.ofDays(30).plusHours(1));
    }

    @Test
    void passesOverADayThatTheDateLineTook() {
        ZoneId apia = ZoneId.of("Pacific/Apia");

        BudgetWindow before = BudgetPeriod.DAY.windowAt(Instant.parse("2011-12-30T09:59:59Z"), apia);
        BudgetWindow after = BudgetPeriod.DAY.windowAt(Instant.parse("2011-12-30T10:00:00Z"), apia);

        assertThat(before.name()).isEqualTo("2011-12-29");
        assertThat(after.name()).isEqualTo("2011-12-31");
        assertThat(after.startMillis()).isEqualTo(before.endMillis());
    }

    @Test
    void countsHoursThatComeAgainAfterMidnightWithTheDayThatHadBegun() {
        ZoneId casey = ZoneId.of("Antarctica/Casey");
        Instant again = Instant.parse("2010-03-04T15:30:00Z");

        assertThat(again.atZone(casey).toLocalDate()).hasToString("2010-03-04");
        assertThat(BudgetPeriod.DAY.windowAt(again, casey).name()).isEqualTo("2010-03-05");
    }

    @ParameterizedTest
    @EnumSource(
            value = BudgetPeriod.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"TOTAL"})
    void putsEveryInstantOfEveryZoneIntoOneWindowAndLeavesNoGap(BudgetPeriod period) {
        everyInstantHasItsWindow(period, new SplittableRandom(5), random -> FiscalYear.CALENDAR);
    }

    @ParameterizedTest
    @EnumSource(
            value = BudgetPeriod.class,
            names = {"MONTH", "QUARTER"})
    void leavesNoGapWhateverDayTheYearStartsOn(BudgetPeriod period) {
        everyInstantHasItsWindow(
                period,
                new SplittableRandom(6),
                random -> new FiscalYear(MonthDay.of(random.nextInt(1, 13), random.nextInt(1, 29))));
    }

    private static void everyInstantHasItsWindow(
            BudgetPeriod period, SplittableRandom random, Function<SplittableRandom, FiscalYear> years) {
        for (String id : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
            ZoneId zone = ZoneId.of(id);
            ZoneOffsetTransition transition = zone.getRules().nextTransition(FIRST);
            while (transition != null && transition.getInstant().isBefore(LAST)) {
                Instant change = transition.getInstant();
                long nearMillis = random.nextLong(-100_000_000, 100_000_000);
                for (Instant at : List.of(change.minusMillis(1), change, change.plusMillis(nearMillis))) {
                    holdsItsInstantAndAdjoinsItsNeighbours(period, at, zone, years.apply(random));
                }
                transition = zone.getRules().nextTransition(change);
            }
            long anyMillis = random.nextLong(FIRST.toEpochMilli(), LAST.toEpochMilli());
            holdsItsInstantAndAdjoinsItsNeighbours(period, Instant.ofEpochMilli(anyMillis), zone, years.apply(random));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "MONTH, 04-15, 2026-11-25T12:00:00Z, m2026-11-15, 2026-11-14T23:00:00Z, 2026-12-14T23:00:00Z",
        "MONTH, 04-15, 2026-11-14T22:59:59.999Z, m2026-10-15, 2026-10-14T22:00:00Z, 2026-11-14T23:00:00Z",
        "MONTH, 01-28, 2026-03-01T12:00:00Z, m2026-02-28, 2026-02-27T23:00:00Z, 2026-03-27T23:00:00Z",
        "MONTH, 01-28, 2026-01-05T12:00:00Z, m2025-12-28, 2025-12-27T23:00:00Z, 2026-01-27T23:00:00Z",
        "MONTH, 07-01, 2026-11-25T12:00:00Z, 2026-11, 2026-10-31T23:00:00Z, 2026-11-30T23:00:00Z",
        "QUARTER, 02-01, 2026-01-31T22:59:59Z, q2025-11-01, 2025-10-31T23:00:00Z, 2026-01-31T23:00:00Z",
        "QUARTER, 02-01, 2026-01-31T23:00:00Z, q2026-02-01, 2026-01-31T23:00:00Z, 2026-04-30T22:00:00Z",
        "QUARTER, 04-06, 2026-04-05T12:00:00Z, q2026-01-06, 2026-01-05T23:00:00Z, 2026-04-05T22:00:00Z",
        "QUARTER, 04-06, 2026-04-06T12:00:00Z, q2026-04-06, 2026-04-05T22:00:00Z, 2026-07-05T22:00:00Z",
        "QUARTER, 12-28, 2026-12-28T12:00:00Z, q2026-12-28, 2026-12-27T23:00:00Z, 2027-03-27T23:00:00Z",
        "DAY, 04-15, 2026-11-25T12:00:00Z, 2026-11-25, 2026-11-24T23:00:00Z, 2026-11-25T23:00:00Z"
    })
    void followsAYearThatStartsElsewhere(
            BudgetPeriod period, String year, Instant instant, String name, Instant start, Instant end) {
        assertThat(period.windowAt(instant, ZoneId.of("Europe/Berlin"), FiscalYear.ofWireName(year)))
                .isEqualTo(new BudgetWindow(name, start.toEpochMilli(), end.toEpochMilli()));
    }

    @ParameterizedTest
    @CsvSource({
        "02-29, fiscalYearStart: 02-29 (expected: a day from 01 to 28; which every month has)",
        "12-31, fiscalYearStart: 12-31 (expected: a day from 01 to 28; which every month has)",
        "13-01, fiscalYearStart: 13-01 (expected: a month and a day from 01 to 28; such as 04-01)",
        "04-31, fiscalYearStart: 04-31 (expected: a month and a day from 01 to 28; such as 04-01)",
        "4-1, fiscalYearStart: 4-1 (expected: a month and a day from 01 to 28; such as 04-01)",
        "2026-04-01, fiscalYearStart: 2026-04-01 (expected: a month and a day from 01 to 28; such as 04-01)"
    })
    void takesDaysThatEveryMonthHas(String year, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FiscalYear.ofWireName(year))
                .withMessage(message.replace(';', ','));
    }

    @Test
    void readsEveryDayThatAYearCanStartOnAndWritesItAgain() {
        for (int month = 1; month <= 12; month++) {
            for (int day = 1; day <= 28; day++) {
                String text = "%02d-%02d".formatted(month, day);

                assertThat(FiscalYear.ofWireName(text).wireName()).isEqualTo(text);
            }
        }
    }

    @Test
    void neverEndsATotal() {
        BudgetWindow total = BudgetPeriod.TOTAL.windowAt(FIRST, ZoneId.of("UTC"));

        assertThat(total).isEqualTo(BudgetPeriod.TOTAL.windowAt(LAST, ZoneId.of("Asia/Tokyo")));
        assertThat(total.name()).isEqualTo("total");
        assertThat(total.holds(LAST.toEpochMilli())).isTrue();
    }

    @Test
    void goesByItsWireName() {
        for (BudgetPeriod period : BudgetPeriod.values()) {
            assertThat(BudgetPeriod.ofWireName(period.wireName())).isEqualTo(period);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BudgetPeriod.ofWireName("year"))
                .withMessage("period: year (expected: day, week, month, quarter or total)");
    }

    private static void holdsItsInstantAndAdjoinsItsNeighbours(
            BudgetPeriod period, Instant at, ZoneId zone, FiscalYear year) {
        BudgetWindow window = period.windowAt(at, zone, year);
        BudgetWindow next = period.windowAt(Instant.ofEpochMilli(window.endMillis()), zone, year);
        BudgetWindow previous = period.windowAt(Instant.ofEpochMilli(window.startMillis() - 1), zone, year);

        assertThat(window.holds(at.toEpochMilli())
                        && window.equals(period.windowAt(Instant.ofEpochMilli(window.startMillis()), zone, year))
                        && window.equals(period.windowAt(Instant.ofEpochMilli(window.endMillis() - 1), zone, year))
                        && next.startMillis() == window.endMillis()
                        && previous.endMillis() == window.startMillis()
                        && !next.name().equals(window.name())
                        && !previous.name().equals(window.name()))
                .as("%s at %s in %s from %s: %s %s %s", period, at, zone, year, previous, window, next)
                .isTrue();
    }

    private static Duration length(BudgetWindow window) {
        return Duration.ofMillis(window.endMillis() - window.startMillis());
    }
}
