package io.rateguard.console.costs;

import io.rateguard.console.common.Before;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;

/** A stretch of whole days in a workspace's zone, up to now or up to the end of the last month. */
public enum Period {
    TODAY("today", "Today"),
    WEEK("7d", "Last 7 days"),
    MONTH("month", "This month"),
    LAST_MONTH("last-month", "Last month"),
    MONTH_BACK("30d", "Last 30 days"),
    QUARTER_BACK("90d", "Last 90 days");

    private final String wireName;
    private final String words;

    Period(String wireName, String words) {
        this.wireName = wireName;
        this.words = words;
    }

    /** What stands in the address. */
    public String wireName() {
        return wireName;
    }

    public String words() {
        return words;
    }

    /** Anything else means this month. */
    public static Period ofWireName(String name) {
        return Arrays.stream(values())
                .filter(period -> period.wireName.equals(name))
                .findFirst()
                .orElse(MONTH);
    }

    Instant from(Instant now, ZoneId zone) {
        LocalDate today = now.atZone(zone).toLocalDate();
        LocalDate first = switch (this) {
            case TODAY -> today;
            case WEEK -> today.minusDays(6);
            case MONTH -> today.withDayOfMonth(1);
            case LAST_MONTH -> today.withDayOfMonth(1).minusMonths(1);
            case MONTH_BACK -> today.minusDays(29);
            case QUARTER_BACK -> today.minusDays(89);
        };
        return first.atStartOfDay(zone).toInstant();
    }

    Instant to(Instant now, ZoneId zone) {
        return this == LAST_MONTH ? MONTH.from(now, zone) : now;
    }

    /** What a period is compared with: {@code the 7 days before}. */
    public String wordsBefore() {
        return switch (this) {
            case TODAY -> "yesterday by now";
            case WEEK -> "the 7 days before";
            case MONTH -> "last month by now";
            case LAST_MONTH -> "the month before";
            case MONTH_BACK -> "the 30 days before";
            case QUARTER_BACK -> "the 90 days before";
        };
    }

    Instant fromBefore(Instant now, ZoneId zone) {
        return before(from(now, zone), zone);
    }

    /** As far into it as now is into the period; a shorter month to its end. */
    Instant toBefore(Instant now, ZoneId zone) {
        return before(to(now, zone), zone);
    }

    private Instant before(Instant at, ZoneId zone) {
        return switch (this) {
            case TODAY -> Before.days(1, at, zone);
            case WEEK -> Before.days(7, at, zone);
            case MONTH, LAST_MONTH -> Before.month(at, zone);
            case MONTH_BACK -> Before.days(30, at, zone);
            case QUARTER_BACK -> Before.days(90, at, zone);
        };
    }
}
