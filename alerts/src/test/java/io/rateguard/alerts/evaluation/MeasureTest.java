package io.rateguard.alerts.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.alerts.evaluation.Measure.Verdict;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeasureTest {

    @ParameterizedTest
    @CsvSource({
        "20, 5000, RAISED",
        "20, 4999, BETWEEN",
        "20, 4001, BETWEEN",
        "20, 4000, CALM",
        "19, 9000, BETWEEN",
        "10, 9000, BETWEEN",
        "9, 9000, CALM",
        "0, 0, CALM"
    })
    void isJudgedByValueAndVolume(long volume, long value, Verdict verdict) {
        assertThat(new Measure("", "", volume, value, 5_000).judged(20)).isEqualTo(verdict);
    }

    @Test
    void aCountOfOneIsEnoughAndNoneIsCalm() {
        assertThat(new Measure("gpt-x", "gpt-x", 1, 1, 1).judged(1)).isEqualTo(Verdict.RAISED);
        assertThat(Measure.nothing("gpt-x").judged(1)).isEqualTo(Verdict.CALM);
        assertThat(Measure.nothing("gpt-x").judged(0)).isEqualTo(Verdict.CALM);
    }

    @Test
    void moreOfItIsNeverJudgedMilder() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
        for (int i = 0; i < 10_000; i++) {
            long volume = random.nextLong(100);
            long value = random.nextLong(10_000);
            long threshold = random.nextLong(1, 10_000);
            long minimum = random.nextLong(50);

            Verdict verdict = new Measure("", "", volume, value, threshold).judged(minimum);

            assertThat(new Measure("", "", volume, value + 1, threshold).judged(minimum))
                    .isLessThanOrEqualTo(verdict);
            assertThat(new Measure("", "", volume + 1, value, threshold).judged(minimum))
                    .isLessThanOrEqualTo(verdict);
        }
    }

    @Test
    void aValueThatWaversAboutItsThresholdIsRaisedOnce() {
        int begun = 0;
        boolean open = false;
        for (int i = 0; i < 1_000; i++) {
            long value = 5_000 + (i % 2 == 0 ? 900 : -900);
            Verdict verdict = new Measure("", "", 100, value, 5_000).judged(20);
            begun += verdict == Verdict.RAISED && !open ? 1 : 0;
            open = verdict == Verdict.RAISED || open && verdict != Verdict.CALM;
        }

        assertThat(begun).isEqualTo(1);
    }
}
