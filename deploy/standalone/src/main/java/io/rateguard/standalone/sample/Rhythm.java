package io.rateguard.standalone.sample;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;

/** When an application is used: a weight for each hour of the day in UTC, and how busy Saturdays and Sundays are. */
enum Rhythm {
    OFFICE(0.06, 0, 0, 0, 0, 0, 0, 1, 4, 8, 10, 10, 7, 8, 10, 9, 7, 4, 2, 1, 1, 0, 0, 0, 0),
    SHOP(1.25, 3, 1, 1, 1, 1, 2, 3, 5, 7, 8, 9, 9, 10, 10, 9, 9, 10, 11, 13, 15, 16, 14, 10, 6),
    HELPDESK(0.45, 1, 1, 1, 1, 1, 1, 2, 4, 8, 11, 12, 11, 9, 10, 11, 10, 8, 6, 5, 4, 3, 3, 2, 1),
    NIGHT(0.3, 0, 6, 10, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    private final double weekend;
    private final double[] hours;
    private final double sum;

    Rhythm(double weekend, double... hours) {
        this.weekend = weekend;
        this.hours = hours;
        this.sum = Arrays.stream(hours).sum();
    }

    /** The share of a weekday's requests that falls into the hour that starts then. */
    double share(Instant hour) {
        OffsetDateTime at = hour.atOffset(ZoneOffset.UTC);
        boolean isWeekend = at.getDayOfWeek() == DayOfWeek.SATURDAY || at.getDayOfWeek() == DayOfWeek.SUNDAY;
        return hours[at.getHour()] / sum * (isWeekend ? weekend : 1);
    }
}
