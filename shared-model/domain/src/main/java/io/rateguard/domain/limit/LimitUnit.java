package io.rateguard.domain.limit;

import io.rateguard.domain.money.Money;
import io.rateguard.domain.usage.Usage;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a limit counts. Tokens and cost are taken by estimate and corrected at settlement. */
public enum LimitUnit {
    REQUESTS,
    TOKENS,
    INPUT_TOKENS,
    OUTPUT_TOKENS,
    WEIGHTED_TOKENS,
    COST;

    /** How much one request of this usage and cost counts; cost in nano-dollars. */
    long amountOf(Usage usage, Money cost, TokenWeights weights) {
        return switch (this) {
            case REQUESTS -> 1;
            case TOKENS -> usage.totalTokens();
            case INPUT_TOKENS -> usage.inputTokens();
            case OUTPUT_TOKENS -> usage.outputTokens();
            case WEIGHTED_TOKENS -> weights.of(usage);
            case COST -> cost.nanos();
        };
    }

    /** The name in the management API: {@code input-tokens}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static LimitUnit ofWireName(String name) {
        return Arrays.stream(values())
                .filter(unit -> unit.wireName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unit: " + name + " (expected: "
                        + Arrays.stream(values()).map(LimitUnit::wireName).collect(Collectors.joining(", ")) + ")"));
    }
}
