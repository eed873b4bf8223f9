package io.rateguard.counters;

import io.rateguard.domain.money.Money;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** What a claim or settlement must satisfy to be counted exactly by a script. */
final class Amounts {

    private Amounts() {}

    static void requireCounted(String name, long amount) {
        if (amount < 0 || amount > Money.MAX_COUNTED_NANOS) {
            throw new IllegalArgumentException(
                    name + ": " + amount + " (expected: 0 to " + Money.MAX_COUNTED_NANOS + ")");
        }
    }

    /** A counter named twice in one script would be checked twice against the same level. */
    static <T> void requireDistinct(String name, List<T> entries, Function<T, String> counter) {
        if (entries.size() < 2) {
            return;
        }
        Set<String> seen = new HashSet<>();
        for (T entry : entries) {
            if (!seen.add(counter.apply(entry))) {
                throw new IllegalArgumentException(
                        name + ": " + counter.apply(entry) + " twice (expected: each counter once)");
            }
        }
    }
}
