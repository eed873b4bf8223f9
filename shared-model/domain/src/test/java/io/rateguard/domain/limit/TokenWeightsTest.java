package io.rateguard.domain.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rateguard.domain.id.LimitId;
import io.rateguard.domain.money.Money;
import io.rateguard.domain.usage.Usage;
import io.rateguard.domain.usage.UsageClass;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TokenWeightsTest {

    private static final Usage USAGE = Usage.of(Map.of(
            UsageClass.INPUT, 1_000L, UsageClass.CACHE_READ, 5_005L, UsageClass.OUTPUT, 10L, UsageClass.IMAGES, 3L));

    @Test
    void countsTokensInFullWhereNothingElseIsSaid() {
        assertThat(TokenWeights.EVEN.of(USAGE)).isEqualTo(6_015);
    }

    @Test
    void countsEachClassByItsWeightAndRoundsUpOnce() {
        TokenWeights weights = new TokenWeights(Map.of(UsageClass.CACHE_READ, 100, UsageClass.OUTPUT, 4_000));

        assertThat(weights.of(USAGE)).isEqualTo(1_000 + 501 + 40);
    }

    @Test
    void countsNoMoreThanCanBeCounted() {
        Usage absurd = Usage.of(Map.of(UsageClass.INPUT, Long.MAX_VALUE / 10));

        assertThat(TokenWeights.EVEN.of(absurd)).isEqualTo(Money.MAX_COUNTED_NANOS);
        assertThat(TokenWeights.EVEN.of(Usage.of(Map.of(UsageClass.INPUT, Long.MAX_VALUE / 1_000))))
                .isEqualTo(Money.MAX_COUNTED_NANOS);
    }

    @Test
    void decidesWhatARuleOfWeightedTokensCounts() {
        TokenWeights weights = new TokenWeights(Map.of(UsageClass.CACHE_READ, 0));

        assertThat(rule(LimitUnit.WEIGHTED_TOKENS, weights).amountOf(USAGE, Money.ZERO))
                .isEqualTo(1_010);
        assertThat(rule(LimitUnit.TOKENS, TokenWeights.EVEN).amountOf(USAGE, Money.ZERO))
                .isEqualTo(6_015);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rule(LimitUnit.TOKENS, weights))
                .withMessage("weightsPermille: (expected: absent, unless limit.unit is weighted-tokens)");
    }

    private static LimitRule rule(LimitUnit unit, TokenWeights weights) {
        return new LimitRule(
                new LimitId(UUID.randomUUID()),
                "tokens",
                LimitMatch.ALL,
                List.of(),
                new SlidingWindow(unit, 1_000, Duration.ofMinutes(1)),
                weights,
                LimitMode.ENFORCE,
                OnStoreFailure.LOCAL);
    }
}
