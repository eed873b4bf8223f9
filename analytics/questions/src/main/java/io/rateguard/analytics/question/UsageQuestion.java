package io.rateguard.analytics.question;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A range of time, and how to cut it. One tag or the customer can be combined with API, key and model; these are counted
 * by quarter hours.
 *
 * @param from widened back to a whole minute, or to a whole quarter hour for a tag or the customer
 * @param to no longer part of it; widened on in the same way
 * @param zone whose hours and days the buckets are
 * @param tag the name of the tag to split by; null for none
 * @param top only so many groups, those that cost most; 0 for all
 * @param figures to tell beside requests and cost
 */
public record UsageQuestion(
        Instant from,
        Instant to,
        Bucket bucket,
        ZoneId zone,
        Set<GroupBy> groupBy,
        @Nullable String tag,
        int top,
        Set<Figure> figures) {

    /** More steps of time than any chart or export shows. */
    public static final int MAX_BUCKETS = 50_000;

    /** More groups than anybody ranks. */
    public static final int MOST_TOP = 1_000;

    public UsageQuestion {
        groupBy = Set.copyOf(groupBy);
        figures = Set.copyOf(figures);
        if (top < 0 || top > MOST_TOP) {
            throw new IllegalArgumentException("top: " + top + " (expected: 1 to " + MOST_TOP + ")");
        }
        if (top > 0 && bucket != Bucket.TOTAL) {
            throw new IllegalArgumentException(
                    "top: together with bucket " + bucket.wireName() + " (expected: bucket total)");
        }
        boolean byQuarters = tag != null || groupBy.contains(GroupBy.CUSTOMER);
        if (byQuarters) {
            requireCounted(groupBy, tag, bucket, zone, from, to);
        }
        Grain grain = byQuarters ? Grain.QUARTER : Grain.MINUTE;
        from = grain.floor(from);
        to = grain.ceiling(to);
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("to: " + to + " (expected: not before from, " + from + ")");
        }
        long buckets =
                (to.getEpochSecond() - from.getEpochSecond()) / bucket.width().toSeconds();
        if (buckets > MAX_BUCKETS) {
            throw new IllegalArgumentException("bucket: " + bucket.wireName() + " gives " + buckets
                    + " steps (expected: up to " + MAX_BUCKETS + "; choose a wider bucket or a shorter range)");
        }
    }

    public UsageQuestion(Instant from, Instant to, Bucket bucket, ZoneId zone, Set<GroupBy> groupBy) {
        this(from, to, bucket, zone, groupBy, null);
    }

    public UsageQuestion(
            Instant from, Instant to, Bucket bucket, ZoneId zone, Set<GroupBy> groupBy, @Nullable String tag) {
        this(from, to, bucket, zone, groupBy, tag, 0, EnumSet.allOf(Figure.class));
    }

    /** The same question, of the groups that cost most, dearest first. */
    public UsageQuestion withTop(int most) {
        return new UsageQuestion(from, to, bucket, zone, groupBy, tag, most, figures);
    }

    /** The same question, answered with these figures alone. */
    public UsageQuestion telling(Set<Figure> wanted) {
        return new UsageQuestion(from, to, bucket, zone, groupBy, tag, top, wanted);
    }

    /** Whether every step is made of whole steps of a rollup. */
    boolean stepsIn(Grain grain) {
        return switch (bucket) {
            case TOTAL -> true;
            case MINUTE -> grain == Grain.MINUTE;
            case HOUR, DAY -> grain.compareTo(Grain.HOUR) <= 0 && startsOn(grain, zone, from, to);
        };
    }

    /** The same question, of what its rollup counts completely. */
    UsageQuestion startingAt(Instant start) {
        Instant later = start.isAfter(from) ? start : from;
        return new UsageQuestion(later, later.isAfter(to) ? later : to, bucket, zone, groupBy, tag, top, figures);
    }

    private static void requireCounted(
            Set<GroupBy> groupBy, @Nullable String tag, Bucket bucket, ZoneId zone, Instant from, Instant to) {
        if (groupBy.contains(GroupBy.ENDPOINT) || (tag != null && groupBy.contains(GroupBy.CUSTOMER))) {
            String wrong = groupBy.contains(GroupBy.ENDPOINT) ? "endpoint" : "customer";
            throw new IllegalArgumentException("groupBy: " + wrong + " together with "
                    + (tag == null ? "customer" : "tag." + tag)
                    + " (expected: one tag or customer, with api, key or model)");
        }
        if (bucket == Bucket.MINUTE) {
            throw new IllegalArgumentException("bucket: minute together with "
                    + (tag == null ? "customer" : "tag." + tag) + " (expected: hour, day, total)");
        }
        if (bucket != Bucket.TOTAL && !startsOn(Grain.QUARTER, zone, from, to)) {
            throw new IllegalArgumentException("zone: " + zone + " (expected: whole quarter hours from UTC)");
        }
    }

    /** Whether the hours of a zone start with whole steps in UTC, however its clocks change in a range of time. */
    private static boolean startsOn(Grain grain, ZoneId zone, Instant from, Instant to) {
        ZoneRules rules = zone.getRules();
        Instant at = from;
        while (grain.divides(Duration.ofSeconds(rules.getOffset(at).getTotalSeconds()))) {
            ZoneOffsetTransition next = rules.nextTransition(at);
            if (next == null || !next.getInstant().isBefore(to)) {
                return true;
            }
            at = next.getInstant();
        }
        return false;
    }
}
