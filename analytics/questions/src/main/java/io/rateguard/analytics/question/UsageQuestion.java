package io.rateguard.analytics.question;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
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
 */
public record UsageQuestion(
        Instant from,
        Instant to,
        Bucket bucket,
        ZoneId zone,
        Set<GroupBy> groupBy,
        @Nullable String tag,
        int top) {

    /** More steps of time than any chart or export shows. */
    public static final int MAX_BUCKETS = 50_000;

    /** More groups than anybody ranks. */
    public static final int MOST_TOP = 1_000;

    static final Duration QUARTER = Duration.ofMinutes(15);
    static final Duration DAY = Duration.ofDays(1);

    /** What the rollup by days is split by, one at a time. */
    private static final Set<GroupBy> SPLITS_OF_DAYS = Set.of(GroupBy.KEY, GroupBy.ENDPOINT, GroupBy.CUSTOMER);

    public UsageQuestion {
        groupBy = Set.copyOf(groupBy);
        if (top < 0 || top > MOST_TOP) {
            throw new IllegalArgumentException("top: " + top + " (expected: 1 to " + MOST_TOP + ")");
        }
        if (top > 0 && bucket != Bucket.TOTAL) {
            throw new IllegalArgumentException(
                    "top: together with bucket " + bucket.wireName() + " (expected: bucket total)");
        }
        boolean byQuarters = tag != null || groupBy.contains(GroupBy.CUSTOMER);
        if (byQuarters) {
            requireCounted(groupBy, tag, bucket, zone, from);
        }
        Duration grain = byQuarters ? QUARTER : Duration.ofMinutes(1);
        from = floor(from, grain);
        to = ceiling(to, grain);
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
        this(from, to, bucket, zone, groupBy, tag, 0);
    }

    /** The same question, of the groups that cost most, dearest first. */
    public UsageQuestion withTop(int most) {
        return new UsageQuestion(from, to, bucket, zone, groupBy, tag, most);
    }

    /** Whether every step is made of whole quarter hours. */
    boolean stepsInQuarters() {
        return bucket == Bucket.TOTAL || (bucket != Bucket.MINUTE && startsOnQuarters(zone, from));
    }

    /** What the rollup by days would have to be split by to answer the whole days of the range; none where it cannot. */
    Optional<GroupBy> splitOfDays() {
        List<GroupBy> splits = groupBy.stream().filter(SPLITS_OF_DAYS::contains).toList();
        return bucket == Bucket.TOTAL && tag == null && splits.size() == 1
                ? Optional.of(splits.getFirst())
                : Optional.empty();
    }

    /** The same question, of what its rollup counts completely. */
    UsageQuestion startingAt(Instant start) {
        Instant later = start.isAfter(from) ? start : from;
        return new UsageQuestion(later, later.isAfter(to) ? later : to, bucket, zone, groupBy, tag, top);
    }

    static Instant floor(Instant time, Duration grain) {
        return Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), grain.toSeconds()) * grain.toSeconds());
    }

    static Instant ceiling(Instant time, Duration grain) {
        Instant floor = floor(time, grain);
        return floor.equals(time) ? floor : floor.plus(grain);
    }

    private static void requireCounted(
            Set<GroupBy> groupBy, @Nullable String tag, Bucket bucket, ZoneId zone, Instant from) {
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
        if (bucket != Bucket.TOTAL && !startsOnQuarters(zone, from)) {
            throw new IllegalArgumentException("zone: " + zone + " (expected: whole quarter hours from UTC)");
        }
    }

    private static boolean startsOnQuarters(ZoneId zone, Instant at) {
        return zone.getRules().getOffset(at).getTotalSeconds() % QUARTER.toSeconds() == 0;
    }
}
