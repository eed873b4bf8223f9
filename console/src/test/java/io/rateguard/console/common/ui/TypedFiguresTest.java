package io.rateguard.console.common.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TypedFiguresTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|0",
                "250|250000000000",
                " 0.50 |500000000",
                "1250.5|1250500000000",
                "1,250.5|1250500000000",
                "1,234,567|1234567000000000",
                "$7.50|7500000000",
                "$ 1,000|1000000000000",
                "0.000000001|1"
            })
    void readsDollarsAsTheyAreWritten(String text, long nanos) {
        assertThat(TypedFigures.nanos("amount", text)).isEqualTo(nanos);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0,50",
                "1,5",
                "0,500",
                "12,34",
                "1,23,456",
                "1234,567",
                "1.250,50",
                "1,250,",
                ",5",
                "1 250",
                "1'250"
            })
    void takesNoCommaForADecimalPointAndNoPointForAComma(String text) {
        assertThatThrownBy(() -> TypedFigures.nanos("amount", text))
                .hasMessage("amount: " + text + " (expected: dollars, such as 250 or 0.50, commas between thousands)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a lot", "-1", "1e3", "٣", "$", "$$5", ".5", "5."})
    void refusesWhatIsNoAmount(String text) {
        assertThatThrownBy(() -> TypedFigures.nanos("amount", text))
                .hasMessage("amount: " + text + " (expected: dollars, such as 250 or 0.50, commas between thousands)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0000000001", "99999999999"})
    void refusesWhatNoCounterCounts(String text) {
        assertThatThrownBy(() -> TypedFigures.nanos("amount", text))
                .hasMessage(
                        "amount: " + text + " (expected: dollars with at most 9 decimals, and less than 9 million)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0|0", "600|600", " 1,200 |1200", "9007199254740991|9007199254740991"})
    void readsCounts(String text, long count) {
        assertThat(TypedFigures.count("amount", text)).isEqualTo(count);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "many", "1,5", "12,00", "1.5", "$5", "99999999999999999999"})
    void refusesWhatIsNoCount(String text) {
        assertThatThrownBy(() -> TypedFigures.count("amount", text))
                .hasMessage("amount: " + text + " (expected: a whole number, such as 600 or 1,200)");
    }
}
