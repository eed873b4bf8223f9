package io.rateguard.bench.analytics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * How long one question took, each time it was asked, in milliseconds.
 *
 * @param processor time of the engine for one of the warm ones: what a busy machine changes least
 */
record Timing(String name, List<Double> cold, List<Double> warm, double processor) {

    static Timing of(
            String name,
            Runnable question,
            Runnable forget,
            LongSupplier processorMicros,
            int coldTimes,
            int warmTimes) {
        List<Double> cold = new ArrayList<>();
        for (int i = 0; i < coldTimes; i++) {
            forget.run();
            cold.add(millis(question));
        }
        long before = processorMicros.getAsLong();
        List<Double> warm = new ArrayList<>();
        for (int i = 0; i < warmTimes; i++) {
            warm.add(millis(question));
        }
        double processor = (processorMicros.getAsLong() - before) / 1e3 / warmTimes;
        return new Timing(name, cold, warm, processor);
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
