package io.rateguard.domain.budget;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.Locale;

/** How often a budget starts anew, by the calendar of its time zone. */
public enum BudgetPeriod {
    DAY,
    WEEK,
    MONTH,
    QUARTER,
    TOTAL;

    /** With a year that starts on January 1st. */
    public BudgetWindow windowAt(Instant instant, ZoneId zone) {
        return windowAt(instant, zone, FiscalYear.CALENDAR);
    }

    /**
     * The window that holds an instant. A day that starts an hour early or late by daylight saving is still one day;
     * where clocks went back over midnight, the hours that come again belong to the day that had begun.
     */
    public BudgetWindow windowAt(Instant instant, ZoneId zone, FiscalYear year) {
        LocalDate day = instant.atZone(zone).toLocalDate();
        BudgetWindow window = windowOf(day, zone, year);
        return window.holds(instant.toEpochMilli()) ? window : windowOf(day.plusDays(1), zone, year);
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static BudgetPeriod ofWireName(String name) {
        return Arrays.stream(values())
                .filter(period -> period.wireName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "period: " + name + " (expected: day, week, month, quarter or total)"));
    }

    private BudgetWindow windowOf(LocalDate day, ZoneId zone, FiscalYear year) {
        return switch (this) {
            case DAY -> window(DateTimeFormatter.ISO_LOCAL_DATE.format(day), day, day.plusDays(1), zone);
            case WEEK -> {
                LocalDate monday = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                yield window("w" + monday, monday, monday.plusWeeks(1), zone);
            }
            case MONTH -> {
                LocalDate first = year.monthOf(day);
                String name = first.getDayOfMonth() == 1 ? first.toString().substring(0, 7) : "m" + first;
                yield window(name, first, first.plusMonths(1), zone);
            }
            case QUARTER -> {
                LocalDate first = year.quarterOf(day);
                String name =
                        year.equals(FiscalYear.CALENDAR) ? first.toString().substring(0, 7) : first.toString();
                yield window("q" + name, first, first.plusMonths(3), zone);
            }
            case TOTAL -> new BudgetWindow("total", 0, BudgetWindow.NEVER_ENDS);
        };
    }

    private static BudgetWindow window(String name, LocalDate start, LocalDate end, ZoneId zone) {
        return new BudgetWindow(
                name,
                start.atStartOfDay(zone).toInstant().toEpochMilli(),
                end.atStartOfDay(zone).toInstant().toEpochMilli());
    }
}
