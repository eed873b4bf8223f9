package io.rateguard.domain.price;

import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A rate that may change with the length of the context: once a request's input tokens exceed a tier's start, that
 * tier's rate holds for the whole request.
 */
public record TieredRate(Rate base, List<Tier> tiers) {

    public TieredRate {
        tiers = List.copyOf(tiers);
        for (int i = 1; i < tiers.size(); i++) {
            if (tiers.get(i).start() <= tiers.get(i - 1).start()) {
                throw new IllegalArgumentException("tiers: " + tiers.get(i).start() + " after "
                        + tiers.get(i - 1).start() + " (expected: rising starts)");
            }
        }
    }

    public static TieredRate flat(Rate rate) {
        return new TieredRate(rate, List.of());
    }

    public Rate at(long inputTokens) {
        Rate rate = base;
        for (Tier tier : tiers) {
            if (inputTokens > tier.start()) {
                rate = tier.rate();
            }
        }
        return rate;
    }

    /** The dearest rate that a request of at most this many input tokens can meet. */
    public Rate dearestUpTo(long inputTokens) {
        Rate dearest = base;
        for (Tier tier : tiers) {
            if (inputTokens > tier.start()) {
                dearest = dearest.orDearer(tier.rate());
            }
        }
        return dearest;
    }

    TieredRate times(int factor) {
        return new TieredRate(
                base.times(factor),
                tiers.stream()
                        .map(step -> new Tier(step.start(), step.rate().times(factor)))
                        .toList());
    }

    /** The rate just above so many input tokens. */
    Rate above(long inputTokens) {
        return at(inputTokens == 0 ? 0 : inputTokens + 1);
    }

    /** Where only the other rate is known to rise with the context, this one is not known: the dearer of the two holds. */
    TieredRate neverBelow(TieredRate other) {
        TreeMap<Long, Rate> steps = new TreeMap<>();
        tiers.forEach(step -> steps.put(step.start(), step.rate()));
        for (Tier step : other.tiers) {
            steps.computeIfAbsent(step.start(), start -> at(start).orDearer(step.rate()));
        }
        return new TieredRate(
                base,
                steps.entrySet().stream()
                        .map(step -> new Tier(step.getKey(), step.getValue()))
                        .toList());
    }

    /** The same, where no context that is longer costs less than the shortest. */
    TieredRate neverBelowItsBase() {
        return new TieredRate(
                base,
                tiers.stream()
                        .map(step -> new Tier(step.start(), base.orDearer(step.rate())))
                        .toList());
    }

    /** Whether there is a context of which this costs more than the other. */
    boolean exceeds(TieredRate other) {
        return Stream.concat(
                        Stream.of(0L),
                        Stream.of(this, other)
                                .flatMap(rate -> rate.tiers.stream().map(Tier::start)))
                .anyMatch(start -> above(start).compareTo(other.above(start)) > 0);
    }

    /** @param start input tokens above which the rate holds; tiers stand in rising order */
    public record Tier(long start, Rate rate) {

        public Tier {
            if (start < 0) {
                throw new IllegalArgumentException("tiers.start: " + start + " (expected: 0 or more)");
            }
        }
    }
}
