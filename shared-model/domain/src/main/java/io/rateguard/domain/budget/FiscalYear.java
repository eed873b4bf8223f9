package io.rateguard.domain.budget;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;

/** When a year of budgets starts: its quarters count from there, and its months begin on that day of the month. */
public record FiscalYear(MonthDay start) {

    public static final FiscalYear CALENDAR = new FiscalYear(MonthDay.of(1, 1));

    /** Every month has it. */
    private static final int LAST_DAY = 28;

    private static final int MONTHS = 12;
    private static final int MONTHS_OF_A_QUARTER = 3;
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("MM-dd", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    public FiscalYear {
        if (start.getDayOfMonth() > LAST_DAY) {
            throw new IllegalArgumentException("fiscalYearStart: " + FORM.format(start)
                    + " (expected: a day from 01 to 28, which every month has)");
        }
    }

    /** Of its name in the management API, {@code 04-01}. */
    public static FiscalYear ofWireName(String text) {
        try {
            return new FiscalYear(MonthDay.from(FORM.parse(text)));
        } catch (DateTimeException noDay) {
            throw new IllegalArgumentException(
                    "fiscalYearStart: " + text + " (expected: a month and a day from 01 to 28, such as 04-01)", noDay);
        }
    }

    public String wireName() {
        return FORM.format(start);
    }

    /** The first day of the month that a day belongs to. */
    LocalDate monthOf(LocalDate day) {
        LocalDate first = day.withDayOfMonth(start.getDayOfMonth());
        return first.isAfter(day) ? first.minusMonths(1) : first;
    }

    /** The first day of the quarter that a day belongs to. */
    LocalDate quarterOf(LocalDate day) {
        LocalDate month = monthOf(day);
        int since = (month.getMonthValue() - start.getMonthValue() + MONTHS) % MONTHS_OF_A_QUARTER;
        return month.minusMonths(since);
    }
}
