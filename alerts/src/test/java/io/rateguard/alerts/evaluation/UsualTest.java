package io.rateguard.alerts.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.money.Money;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class UsualTest {

    private static final long DOLLAR = 1_000_000_000L;

    @Test
    void aSteadyPastIsMultiplied() {
        assertThat(Usual.spikeFrom(List.of(100L, 100L, 100L, 100L), 300)).hasValue(300);
    }

    @Test
    void aPastThatWaversAllowsMore() {
        assertThat(Usual.spikeFrom(List.of(0L, 100L, 200L, 300L, 400L), 150).orElseThrow())
                .isEqualTo(Math.round(200 + 5 * 1.4826 * 100));
    }

    @Test
    void nothingToCompareWithIsNoSpike() {
        assertThat(Usual.spikeFrom(List.of(0L, 0L, 0L), 300)).isEmpty();
        assertThat(Usual.spikeFrom(List.of(), 300)).isEmpty();
    }

    @Test
    void whereMostHoursAreIdleTheBusiestIsMultiplied() {
        assertThat(Usual.spikeFrom(List.of(0L, 0L, 0L, 7L), 300)).hasValue(21);
    }

    @Test
    void oneOddWeekMovesItLittle() {
        List<Long> usual = new ArrayList<>(Collections.nCopies(12, DOLLAR));
        long before = Usual.spikeFrom(usual, 300).orElseThrow();
        usual.set(3, 1_000 * DOLLAR);

        assertThat(Usual.spikeFrom(usual, 300)).hasValue(before);
    }

    @Test
    void theOrderOfWeeksDoesNotMatterAndLargeAmountsDoNotOverflow() {
        List<Long> samples = new ArrayList<>(LongStream.range(0, 12)
                .mapToObj(i -> Money.MAX_COUNTED_NANOS - i * DOLLAR)
                .toList());
        long before = Usual.spikeFrom(samples, 100_000).orElseThrow();
        Collections.shuffle(samples, new Random(7));

        assertThat(Usual.spikeFrom(samples, 100_000)).hasValue(before);
        assertThat(before).isGreaterThan(Money.MAX_COUNTED_NANOS);
    }
}
