package io.rateguard.domain.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoneyTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0",
        "1, 0.000000001, 0.0000001",
        "12300, 0.0000123, 0.00123",
        "-4500000000, -4.5, -450",
        "1000000000, 1, 100",
        "100000000000, 100, 10000",
        "9223372036854775807, 9223372036.854775807, 922337203685.4775807",
        "-9223372036854775808, -9223372036.854775808, -922337203685.4775808"
    })
    void writesPlainDecimals(long nanos, String usd, String cents) {
        assertThat(Money.ofNanos(nanos).usd()).isEqualTo(usd);
        assertThat(Money.ofNanos(nanos).cents()).isEqualTo(cents);
    }

    @Test
    void losesNothingInItsDecimals() {
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < 100_000; i++) {
            long nanos = random.nextLong() >> random.nextInt(64);
            Money money = Money.ofNanos(nanos);

            assertThat(new BigDecimal(money.usd()).movePointRight(9).longValueExact())
                    .isEqualTo(nanos);
            assertThat(new BigDecimal(money.cents()).movePointRight(7).longValueExact())
                    .isEqualTo(nanos);
        }
    }

    @Test
    void addsAndSubtractsExactlyOrNotAtAll() {
        Money most = Money.ofNanos(Long.MAX_VALUE);

        assertThat(Money.ofNanos(5).minus(Money.ofNanos(7)).plus(Money.ofNanos(2)))
                .isEqualTo(Money.ZERO);
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> most.plus(Money.ofNanos(1)));
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> Money.ofNanos(Long.MIN_VALUE).minus(Money.ofNanos(1)));
        assertThat(Money.ofNanos(-1)).isLessThan(Money.ZERO);
    }
}
