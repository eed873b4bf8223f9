package io.rateguard.console.common;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * The same moment of an earlier day or month, by the clock of a zone. The beginning of a day answers the beginning of the
 * other one, also where clocks skip midnight on one of them.
 */
public final class Before {

    private Before() {}

    /** So many days before. */
    public static Instant days(int days, Instant at, ZoneId zone) {
        ZonedDateTime time = at.atZone(zone);
        LocalDate day = time.toLocalDate();
        return isBeginning(time)
                ? beginning(day.minusDays(days), zone)
                : time.minusDays(days).toInstant();
    }

    /** In the month before; its end where it lacks that day. */
    public static Instant month(Instant at, ZoneId zone) {
        ZonedDateTime time = at.atZone(zone);
        LocalDate day = time.toLocalDate();
        if (day.getDayOfMonth() > day.minusMonths(1).lengthOfMonth()) {
            return beginning(day.withDayOfMonth(1), zone);
        }
        return isBeginning(time)
                ? beginning(day.minusMonths(1), zone)
                : time.minusMonths(1).toInstant();
    }

    private static boolean isBeginning(ZonedDateTime time) {
        return time.equals(time.toLocalDate().atStartOfDay(time.getZone()));
    }

    private static Instant beginning(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toInstant();
    }
}
