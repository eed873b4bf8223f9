package io.rateguard.bench;

import java.util.List;

/** The middle of several values, and how far apart they lie. */
record Median(double value, double least, double most) {

    static Median of(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("values: none (expected: 1 or more)");
        }
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        double value = sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return new Median(value, sorted.getFirst(), sorted.getLast());
    }
}
