package io.rateguard.bench.load;

import org.HdrHistogram.Histogram;

/**
 * What one round measured; travels as one line.
 *
 * @param answered with status 200 within the measured time
 * @param failures other answers, lost connections, and requests that were never sent
 */
public record LoadResult(long answered, long failures, double perSecond, double p50Micros, double p99Micros) {

    private static final int FIELDS = 5;

    static LoadResult of(Histogram latency, long failures, long measuredMillis) {
        return new LoadResult(
                latency.getTotalCount(),
                failures,
                latency.getTotalCount() * 1_000.0 / measuredMillis,
                latency.getValueAtPercentile(50) / 1_000.0,
                latency.getValueAtPercentile(99) / 1_000.0);
    }

    String line() {
        return answered + " " + failures + " " + perSecond + " " + p50Micros + " " + p99Micros;
    }

    public static LoadResult parse(String line) {
        String[] fields = line.split(" ");
        if (fields.length != FIELDS) {
            throw new IllegalArgumentException("result: " + line + " (expected: " + FIELDS + " numbers)");
        }
        return new LoadResult(
                Long.parseLong(fields[0]),
                Long.parseLong(fields[1]),
                Double.parseDouble(fields[2]),
                Double.parseDouble(fields[3]),
                Double.parseDouble(fields[4]));
    }
}
