package io.rateguard.console.common.ui;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How times are written, in the workspace's zone. */
public record Moments(ZoneId zone) {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ENGLISH);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);
    private static final DateTimeFormatter DAY_OF_YEAR = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm zzz", Locale.ENGLISH);
    private static final DateTimeFormatter FULL =
            DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm:ss.SSS zzz", Locale.ENGLISH);

    /** {@code 14:03:22}. */
    public String time(Instant instant) {
        return TIME.format(instant.atZone(zone));
    }

    /** {@code 23 Nov 2026}. */
    public String day(Instant instant) {
        return DAY.format(instant.atZone(zone));
    }

    /** {@code 1 Nov}. */
    public String firstOfMonth(Instant instant) {
        return DAY_OF_YEAR.format(instant.atZone(zone).withDayOfMonth(1));
    }

    /** The time of today, with the day on other days, and with the year in other years. */
    public String recent(Instant instant, Instant now) {
        LocalDate day = instant.atZone(zone).toLocalDate();
        LocalDate today = now.atZone(zone).toLocalDate();
        if (day.equals(today)) {
            return time(instant);
        }
        return (day.getYear() == today.getYear() ? DAY_OF_YEAR : DAY).format(day) + ", " + time(instant);
    }

    /** {@code 23 Nov 2026, 14:03 CET}. */
    public String minute(Instant instant) {
        return MINUTE.format(instant.atZone(zone));
    }

    /** {@code 23 Nov 2026, 14:03:22.481 CET}. */
    public String full(Instant instant) {
        return FULL.format(instant.atZone(zone));
    }
}
