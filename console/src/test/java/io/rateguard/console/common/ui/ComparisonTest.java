package io.rateguard.console.common.ui;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTest {

    @ParameterizedTest
    @CsvSource({
        "108, 100, 8 % more than yesterday",
        "92, 100, 8 % less than yesterday",
        "0, 100, 100 % less than yesterday",
        "1004, 1000, as much as yesterday",
        "299, 100, 199 % more than yesterday",
        "1234, 100, 12 times of yesterday",
        "5, 0, nothing yesterday",
        "0, 0, nothing yesterday"
    })
    void saysHowMuchMoreOrLessItIs(long now, long before, String words) {
        assertThat(Comparison.of(now, before, "yesterday")).isEqualTo(words);
    }
}
