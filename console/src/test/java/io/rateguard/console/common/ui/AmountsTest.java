package io.rateguard.console.common.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|$0.00",
                "1|$0.000000001",
                "50000|$0.000050",
                "50240|$0.000050",
                "9999999|$0.010",
                "10000000|$0.01",
                "31234567|$0.0312",
                "999990000|$1.00",
                "1000000000|$1.00",
                "12345678901|$12.35",
                "1234567000000000|$1,234,567.00",
                "-4500000000|−$4.50"
            })
    void writesDollarsWithAsManyDigitsAsTheAmountNeeds(long nanos, String text) {
        assertThat(Amounts.dollars(Money.ofNanos(nanos))).isEqualTo(text);
    }

    @Test
    void writesTheExactAmountBesideIt() {
        assertThat(Amounts.exactly(Money.ofNanos(50_200))).isEqualTo("0.0000502 USD (50,200 nano-dollars)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0.84|0.8 ms", "42.4|42 ms", "999.2|999 ms", "1250|1.25 s", "61000|61 s"})
    void writesTimesWithTheirUnit(double millis, String text) {
        assertThat(Amounts.millis(millis)).isEqualTo(text);
    }

    @Test
    void countsInTheSingularAndPlural() {
        assertThat(Amounts.count(1, "request")).isEqualTo("1 request");
        assertThat(Amounts.count(1_200, "request")).isEqualTo("1,200 requests");
    }

    @ParameterizedTest
    @CsvSource({"0,0,0 %", "1,3,33 %", "3,94,3.2 %"})
    void writesShares(long part, long whole, String text) {
        assertThat(Amounts.share(part, whole)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0.15,$0.15", "0.6,$0.60", "0.075,$0.075", "3,$3.00"})
    void writesPricesWithCentsAtLeast(String usd, String text) {
        assertThat(Amounts.price(usd)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 (expected: 1 to 9007199254740991)|$0 (expected: $0.000000001 to $9007199.254740991)",
                "9007199254740992 (expected: 0 to 9007199254740991, about $9,007,199)|"
                        + "$9007199.254740992 (expected: $0 to $9007199.254740991, about $9,007,199)",
                "missing|missing",
                "PT720H: 0.5 of 1,000|PT720H: 0.5 of 1,000"
            })
    void saysInDollarsWhatWasSaidOfNanoDollars(String words, String inDollars) {
        assertThat(Amounts.inDollars(words)).isEqualTo(inDollars);
    }
}
