package io.rateguard.drills;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** How long something took, many times; rising. */
public record Durations(List<Duration> sorted) {

    public Durations {
        sorted = List.copyOf(sorted);
    }

    public static Durations of(Collection<Duration> some) {
        return new Durations(some.stream().sorted().toList());
    }

    /** So many percent took no longer; nothing did where there are none. */
    public Duration percentile(int percent) {
        return sorted.isEmpty() ? Duration.ZERO : sorted.get(Math.ceilDiv(sorted.size() * percent, 100) - 1);
    }

    /** As a table shows it. */
    public String shown(int percent) {
        return sorted.isEmpty() ? "–" : Figures.seconds(percentile(percent));
    }
}
