package io.rateguard.bench.analytics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How long one question took, each time it was asked, in milliseconds. */
record Timing(String name, List<Double> cold, List<Double> warm) {

    static Timing of(String name, Runnable question, Runnable forget, int coldTimes, int warmTimes) {
        List<Double> cold = new ArrayList<>();
        for (int i = 0; i < coldTimes; i++) {
            forget.run();
            cold.add(millis(question));
        }
        List<Double> warm = new ArrayList<>();
        for (int i = 0; i < warmTimes; i++) {
            warm.add(millis(question));
        }
        return new Timing(name, cold, warm);
    }

    static double percentile(List<Double> values, double level) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get((int) Math.ceil(level * sorted.size()) - 1);
    }

    private static double millis(Runnable question) {
        long start = System.nanoTime();
        question.run();
        return (System.nanoTime() - start) / 1e6;
    }
}
