package io.rateguard.alerts.evaluation;

import java.util.List;
import java.util.OptionalLong;

/** What is usual, by the middle of what was: a few odd weeks do not move it. */
final class Usual {

    private static final int FULL = 100;

    /** Turns the median of deviations into what the standard deviation of a bell curve would be. */
    private static final double DEVIATIONS = 1.4826;

    /** So many of them from the middle is chance no more. */
    private static final double MOST_DEVIATIONS = 5;

    private Usual() {}

    /**
     * From where a value is a spike: this many percent of the median, and further from it than chance explains. Where
     * most samples are nothing, the largest stands for the median.
     *
     * @return nothing where there is nothing to compare with
     */
    static OptionalLong spikeFrom(List<Long> samples, int percent) {
        long largest = samples.stream().mapToLong(Long::longValue).max().orElse(0);
        if (largest == 0) {
            return OptionalLong.empty();
        }
        long median = median(samples);
        long deviation =
                median(samples.stream().map(sample -> Math.abs(sample - median)).toList());
        long middle = median == 0 ? largest : median;
        double multiple = (double) middle / FULL * percent;
        return OptionalLong.of(
                Math.max(1, Math.round(Math.max(multiple, median + MOST_DEVIATIONS * DEVIATIONS * deviation))));
    }

    private static long median(List<Long> samples) {
        List<Long> sorted = samples.stream().sorted().toList();
        int half = sorted.size() / 2;
        long upper = sorted.get(half);
        return sorted.size() % 2 == 1 ? upper : Math.floorDiv(upper + sorted.get(half - 1), 2);
    }
}
