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

    /**
     * The window that holds an instant. A day that starts an hour early or late by daylight saving is still one day;
     * where clocks went back over midnight, the hours that come again belong to the day that had begun.
     */
    public BudgetWindow windowAt(Instant instant, ZoneId zone) {
        LocalDate day = instant.atZone(zone).toLocalDate();
        BudgetWindow window = windowOf(day, zone);
        return window.holds(instant.toEpochMilli()) ? window : windowOf(day.plusDays(1), zone);
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

    private BudgetWindow windowOf(LocalDate day, ZoneId zone) {
        return switch (this) {
            case DAY -> window(DateTimeFormatter.ISO_LOCAL_DATE.format(day), day, day.plusDays(1), zone);
            case WEEK -> {
                LocalDate monday = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                yield window("w" + monday, monday, monday.plusWeeks(1), zone);
            }
            case MONTH -> {
                LocalDate first = day.withDayOfMonth(1);
                yield window(first.toString().substring(0, 7), first, first.plusMonths(1), zone);
            }
            case QUARTER -> {
                LocalDate first = LocalDate.of(day.getYear(), day.getMonth().firstMonthOfQuarter(), 1);
                yield window("q" + first.toString().substring(0, 7), first, first.plusMonths(3), zone);
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
