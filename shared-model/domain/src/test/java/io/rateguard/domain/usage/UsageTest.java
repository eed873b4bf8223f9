package io.rateguard.domain.usage;

import static io.rateguard.domain.usage.UsageClass.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class UsageTest {

    @Test
    void changesOneClassAndLeavesTheOthers() {
        Usage usage = Usage.of(Map.of(INPUT, 1L, OUTPUT, 2L));

        assertThat(usage.with(OUTPUT, 5)).isEqualTo(Usage.of(Map.of(INPUT, 1L, OUTPUT, 5L)));
        assertThat(usage).isEqualTo(Usage.of(Map.of(INPUT, 1L, OUTPUT, 2L)));
    }

    @Test
    void addsUpTokensByKind() {
        Usage usage = Usage.of(
                Map.of(INPUT, 1L, CACHE_READ, 2L, CACHE_WRITE_1H, 4L, OUTPUT, 8L, REASONING, 16L, WEB_SEARCHES, 32L));

        assertThat(usage.inputTokens()).isEqualTo(7);
        assertThat(usage.outputTokens()).isEqualTo(24);
        assertThat(usage.totalTokens()).isEqualTo(31);
        assertThat(usage.count(WEB_SEARCHES)).isEqualTo(32);
        assertThat(usage.count(IMAGES)).isZero();
    }

    @Test
    void namesOnlyWhatWasUsed() {
        Usage usage = Usage.builder().set(OUTPUT, 0).set(INPUT, 3).build();

        assertThat(usage.counts()).isEqualTo(Map.of(INPUT, 3L));
        assertThat(usage).isEqualTo(Usage.of(Map.of(INPUT, 3L))).hasSameHashCodeAs(Usage.of(Map.of(INPUT, 3L)));
        assertThat(Usage.builder().build().isEmpty()).isTrue();
        assertThat(usage.isEmpty()).isFalse();
    }

    @Test
    void isNotChangedByTheBuilderThatMadeIt() {
        Usage.Builder builder = Usage.builder().set(INPUT, 1);
        Usage first = builder.build();

        builder.set(INPUT, 2);

        assertThat(first.count(INPUT)).isEqualTo(1);
    }

    @Test
    void refusesNegativeCountsAndSumsThatDoNotFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Usage.of(Map.of(CACHE_READ, -1L)))
                .withMessage("cache_read: -1 (expected: 0 or more)");
        Usage most = Usage.of(Map.of(INPUT, Long.MAX_VALUE, CACHE_READ, 1L));
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(most::inputTokens);
    }

    @Test
    void knowsItsClassesByWireName() {
        for (UsageClass usageClass : UsageClass.values()) {
            assertThat(UsageClass.ofWireName(usageClass.wireName())).isEqualTo(usageClass);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> UsageClass.ofWireName("INPUT"));
    }
}
