package io.rateguard.analytics.question;

import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/**
 * A range of time, and how to cut it.
 *
 * @param from widened back to a whole minute
 * @param to no longer part of it; widened on to a whole minute
 * @param zone whose hours and days the buckets are
 */
public record UsageQuestion(Instant from, Instant to, Bucket bucket, ZoneId zone, Set<GroupBy> groupBy) {

    /** More steps of time than any chart or export shows. */
    public static final int MAX_BUCKETS = 50_000;

    public UsageQuestion {
        from = from.truncatedTo(ChronoUnit.MINUTES);
        Instant floor = to.truncatedTo(ChronoUnit.MINUTES);
        to = floor.equals(to) ? to : floor.plus(1, ChronoUnit.MINUTES);
        groupBy = Set.copyOf(groupBy);
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
}
