package io.rateguard.domain.limit;

import io.rateguard.domain.money.Money;
import io.rateguard.domain.usage.Usage;
import io.rateguard.domain.usage.UsageClass;
import java.util.EnumMap;
import java.util.Map;

/** How much a token of each class counts, in thousandths of a token; a class that is not named counts in full. */
public record TokenWeights(Map<UsageClass, Integer> permille) {

    public static final TokenWeights EVEN = new TokenWeights(Map.of());

    private static final int FULL = 1_000;
    private static final int MOST = 1_000_000;

    public TokenWeights {
        permille = Map.copyOf(permille);
        permille.forEach((usageClass, weight) -> {
            if (usageClass.kind() == UsageClass.Kind.PIECES) {
                throw new IllegalArgumentException(
                        "weightsPermille." + usageClass.wireName() + ": " + weight + " (expected: classes of tokens)");
            }
            if (weight < 0 || weight > MOST) {
                throw new IllegalArgumentException(
                        "weightsPermille." + usageClass.wireName() + ": " + weight + " (expected: 0 to " + MOST + ")");
            }
        });
    }

    /** The tokens of a usage by their weights, rounded up once; never more than can be counted. */
    public long of(Usage usage) {
        long thousandths = 0;
        try {
            for (Map.Entry<UsageClass, Long> counted : usage.counts().entrySet()) {
                if (counted.getKey().kind() != UsageClass.Kind.PIECES) {
                    long weighted = Math.multiplyExact(
                            counted.getValue(), (long) permille.getOrDefault(counted.getKey(), FULL));
                    thousandths = Math.addExact(thousandths, weighted);
                }
            }
        } catch (ArithmeticException tooLarge) {
            return Money.MAX_COUNTED_NANOS;
        }
        return Math.min(Math.ceilDiv(thousandths, FULL), Money.MAX_COUNTED_NANOS);
    }

    /** In the order of the classes. */
    Map<UsageClass, Integer> ordered() {
        return permille.isEmpty() ? permille : new EnumMap<>(permille);
    }
}
