package io.rateguard.bench.intake;

import static java.util.Locale.ROOT;

/** What happened between two readings. */
record Throughput(Reading start, Reading end) {

    private static final double MICROS_PER_SECOND = 1e6;

    double events() {
        return end.events() - start.events();
    }

    double perSecond() {
        return events() / ((end.nanos() - start.nanos()) / 1e9);
    }

    String markdown() {
        StringBuilder text = new StringBuilder(String.format(
                ROOT,
                "%,.0f events taken in at %,.0f/s.%n%n"
                        + "| process | µs of processor time per event | events per core-second |%n|---|--:|--:|%n",
                events(),
                perSecond()));
        end.cpuMicros().forEach((process, micros) -> {
            double each = (micros - start.cpuMicros().getOrDefault(process, 0L)) / events();
            text.append(String.format(ROOT, "| %s | %.1f | %,.0f |%n", process, each, MICROS_PER_SECOND / each));
        });
        return text.toString();
    }
}
