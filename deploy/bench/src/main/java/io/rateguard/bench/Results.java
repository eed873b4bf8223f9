package io.rateguard.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * What all rounds measured, by contender, in the order of the rounds.
 *
 * @param rate of the open loop, per second
 * @param streams of the rounds in which every answer was a stream
 * @param threadShares how RateGuard's processor time divides among its threads, by name
 */
record Results(
        Map<String, List<Sample>> closed,
        Map<String, List<Sample>> open,
        Map<String, List<Sample>> streams,
        double rate,
        Map<String, Double> threadShares) {

    static Median median(List<Sample> samples, ToDoubleFunction<Sample> figure) {
        return Median.of(samples.stream().map(figure::applyAsDouble).toList());
    }

    /** The median of what each round makes of the two contenders' figures. */
    static Median compared(
            Map<String, List<Sample>> rounds,
            String one,
            String other,
            ToDoubleFunction<Sample> figure,
            DoubleBinaryOperator by) {
        List<Sample> ones = rounds.getOrDefault(one, List.of());
        List<Sample> others = rounds.getOrDefault(other, List.of());
        List<Double> compared = new ArrayList<>();
        for (int i = 0; i < Math.min(ones.size(), others.size()); i++) {
            compared.add(by.applyAsDouble(figure.applyAsDouble(ones.get(i)), figure.applyAsDouble(others.get(i))));
        }
        return Median.of(compared);
    }

    long failures() {
        return Stream.of(closed, open, streams)
                .flatMap(rounds -> rounds.values().stream())
                .flatMap(List::stream)
                .mapToLong(sample -> sample.load().failures())
                .sum();
    }
}
