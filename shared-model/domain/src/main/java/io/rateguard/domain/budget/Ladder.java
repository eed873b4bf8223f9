package io.rateguard.domain.budget;

import io.rateguard.domain.money.Money;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What happens as a budget is used up.
 *
 * @param alertPercents the shares, in percent and rising, that are worth an alert once they are spent
 * @param throttles what slows requests down, rising
 */
public record Ladder(List<Integer> alertPercents, List<Throttle> throttles) {

    public static final Ladder NONE = new Ladder(List.of());

    /** What every budget is watched at, whatever its ladder has. */
    public static final List<Integer> ALWAYS_WATCHED = List.of(80, 100);

    public static final int MOST_PERCENT = 1_000;

    /** Each rung costs every settlement a little. */
    public static final int MOST_RUNGS = 20;

    public Ladder {
        alertPercents = alertPercents.stream().sorted().toList();
        throttles = throttles.stream()
                .sorted(Comparator.comparingInt(Throttle::percent))
                .toList();
        requireDistinct(throttles);
        int rungs = alertPercents.size() + throttles.size();
        if (rungs > MOST_RUNGS) {
            throw new IllegalArgumentException(
                    "ladder: " + rungs + " thresholds (expected: " + MOST_RUNGS + " or fewer)");
        }
        int before = 0;
        for (int percent : alertPercents) {
            if (percent < 1 || percent > MOST_PERCENT) {
                throw new IllegalArgumentException(
                        "ladder.percent: " + percent + " (expected: 1 to " + MOST_PERCENT + ")");
            }
            if (percent == before) {
                throw new IllegalArgumentException("ladder.percent: " + percent + " twice (expected: once)");
            }
            before = percent;
        }
    }

    /** That slows nothing down. */
    public Ladder(List<Integer> alertPercents) {
        this(alertPercents, List.of());
    }

    /** The shares, in percent and rising, that are watched: its alerts, and those of every budget. */
    public List<Integer> watchedPercents() {
        return Stream.concat(alertPercents.stream(), ALWAYS_WATCHED.stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** Whether who asks for no share is told of this one: each alert, or what every budget has where there is none. */
    public boolean tells(int percent) {
        return (alertPercents.isEmpty() ? ALWAYS_WATCHED : alertPercents).contains(percent);
    }

    /** The alerts of an amount, rising; each is reached by the first nano-dollar that makes its share whole. */
    public List<Threshold> thresholds(Money amount) {
        return thresholds(alertPercents, amount);
    }

    /** As the alerts, of every share that is watched. */
    public List<Threshold> watched(Money amount) {
        return thresholds(watchedPercents(), amount);
    }

    private static List<Threshold> thresholds(List<Integer> percents, Money amount) {
        return percents.stream()
                .map(percent -> new Threshold(percent, share(amount, percent)))
                .toList();
    }

    /** So many percent of an amount, rounded up. */
    static Money share(Money amount, int percent) {
        return Money.ofNanos(Math.ceilDiv(Math.multiplyExact(amount.nanos(), (long) percent), 100));
    }

    private static void requireDistinct(List<Throttle> rising) {
        for (int i = 1; i < rising.size(); i++) {
            if (rising.get(i).percent() == rising.get(i - 1).percent()) {
                throw new IllegalArgumentException(
                        "ladder.percent: " + rising.get(i).percent() + " throttles twice (expected: once)");
            }
        }
    }
}
