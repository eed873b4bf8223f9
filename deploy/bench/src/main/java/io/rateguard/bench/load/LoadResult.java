package io.rateguard.bench.load;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.HdrHistogram.Histogram;

/**
 * What one round measured; travels as one line.
 *
 * @param answered with status 200 within the measured time
 * @param failures other answers, lost connections, and requests that were never sent
 * @param chunks of streams that arrived within the measured time
 * @param chunkP50Micros from the instant the upstream sent a chunk to its arrival
 */
public record LoadResult(
        long answered,
        long failures,
        double perSecond,
        double p50Micros,
        double p99Micros,
        long chunks,
        double chunkP50Micros,
        double chunkP99Micros) {

    private static final int FIELDS = 8;

    static LoadResult of(Histogram latency, Histogram chunkLatency, long failures, long measuredMillis) {
        return new LoadResult(
                latency.getTotalCount(),
                failures,
                latency.getTotalCount() * 1_000.0 / measuredMillis,
                micros(latency, 50),
                micros(latency, 99),
                chunkLatency.getTotalCount(),
                micros(chunkLatency, 50),
                micros(chunkLatency, 99));
    }

    private static double micros(Histogram latency, int percentile) {
        return latency.getValueAtPercentile(percentile) / 1_000.0;
    }

    String line() {
        return DoubleStream.of(
                        (double) answered,
                        (double) failures,
                        perSecond,
                        p50Micros,
                        p99Micros,
                        (double) chunks,
                        chunkP50Micros,
                        chunkP99Micros)
                .mapToObj(Double::toString)
                .collect(Collectors.joining(" "));
    }

    public static LoadResult parse(String line) {
        double[] fields =
                Arrays.stream(line.split(" ")).mapToDouble(Double::parseDouble).toArray();
        if (fields.length != FIELDS) {
            throw new IllegalArgumentException("result: " + line + " (expected: " + FIELDS + " numbers)");
        }
        return new LoadResult(
                Math.round(fields[0]),
                Math.round(fields[1]),
                fields[2],
                fields[3],
                fields[4],
                Math.round(fields[5]),
                fields[6],
                fields[7]);
    }
}
