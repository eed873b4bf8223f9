package io.rateguard.console.overview;

import io.rateguard.analytics.question.Bucket;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How far back the chart and the rankings look. */
public enum Range {
    DAY("24h", "24 hours", Bucket.HOUR),
    MONTH("30d", "30 days", Bucket.DAY);

    private static final int HOURS = 24;
    private static final int DAYS = 30;

    private final String wireName;
    private final String words;
    private final Bucket bucket;

    Range(String wireName, String words, Bucket bucket) {
        this.wireName = wireName;
        this.words = words;
        this.bucket = bucket;
    }

    /** What stands in the address. */
    public String wireName() {
        return wireName;
    }

    public String words() {
        return words;
    }

    Bucket bucket() {
        return bucket;
    }

    /** Anything else means the last day. */
    public static Range ofWireName(String name) {
        return Arrays.stream(values())
                .filter(range -> range.wireName.equals(name))
                .findFirst()
                .orElse(DAY);
    }

    /** When each step starts, the present one last. Days may be 23 or 25 hours long. */
    List<Instant> steps(Instant now, ZoneId zone) {
        List<Instant> steps = new ArrayList<>();
        switch (this) {
            case DAY -> {
                ZonedDateTime hour = now.atZone(zone).truncatedTo(ChronoUnit.HOURS);
                for (int i = HOURS - 1; i >= 0; i--) {
                    steps.add(hour.minusHours(i).toInstant());
                }
            }
            case MONTH -> {
                LocalDate today = now.atZone(zone).toLocalDate();
                for (int i = DAYS - 1; i >= 0; i--) {
                    steps.add(today.minusDays(i).atStartOfDay(zone).toInstant());
                }
            }
        }
        return steps;
    }
}
