package io.rateguard.console.overview;

import io.rateguard.analytics.question.UsageRow.Percentiles;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the overview shows.
 *
 * @param at when it was asked
 * @param forecast the month's end; none on its first day
 * @param upTo up to when all requests are in these figures; none as long as nothing was recorded of anybody
 * @param everUsed whether the last 30 days had a request
 */
public record Figures(
        Instant at,
        Money today,
        Money month,
        Optional<Forecast> forecast,
        Traffic lastDay,
        List<Point> chart,
        List<Ranked> apis,
        List<Ranked> keys,
        List<Ranked> models,
        Optional<Instant> upTo,
        boolean everUsed) {

    /** Whether all that is seen is the same, whenever it was asked. */
    public boolean sameAs(Figures other) {
        return equals(new Figures(
                at,
                other.today,
                other.month,
                other.forecast,
                other.lastDay,
                other.chart,
                other.apis,
                other.keys,
                other.models,
                upTo,
                other.everUsed));
    }

    /** What went through in the last 24 hours; latencies are of what was let through. */
    public record Traffic(long requests, long refused, long errors, double p50Millis, double p95Millis) {

        static final Traffic NONE = new Traffic(0, 0, 0, 0, 0);
    }

    /**
     * One step of the charts.
     *
     * @param latencyMillis of what was let through; none where nothing was
     */
    public record Point(Instant start, Money spent, long requests, Optional<Percentiles> latencyMillis) {}

    /**
     * One of the dearest.
     *
     * @param name what people call it
     * @param key whose key it is, in the ranking of keys
     */
    public record Ranked(String name, @Nullable ApiKeyId key, Money spent, long requests) {}
}
