package io.rateguard.domain.budget;

import io.rateguard.domain.money.Money;
import java.util.List;

/** The shares of a budget, in percent and rising, that are worth an alert once they are spent. */
public record Ladder(List<Integer> alertPercents) {

    public static final Ladder NONE = new Ladder(List.of());

    public static final int MOST_PERCENT = 1_000;

    /** Each rung costs every settlement a little. */
    public static final int MOST_RUNGS = 20;

    public Ladder {
        alertPercents = alertPercents.stream().sorted().toList();
        if (alertPercents.size() > MOST_RUNGS) {
            throw new IllegalArgumentException(
                    "ladder: " + alertPercents.size() + " thresholds (expected: " + MOST_RUNGS + " or fewer)");
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

    /** The rungs of an amount, rising; each is reached by the first nano-dollar that makes its share whole. */
    public List<Threshold> thresholds(Money amount) {
        return alertPercents.stream()
                .map(percent -> new Threshold(
                        percent, Money.ofNanos(Math.ceilDiv(Math.multiplyExact(amount.nanos(), (long) percent), 100))))
                .toList();
    }
}
