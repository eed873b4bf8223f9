package io.rateguard.domain.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.money.Money;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetForecastTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final BudgetWindow WINDOW = new BudgetWindow("w", 1_000, 2_000);

    @ParameterizedTest
    @CsvSource({"1500, 50, 100", "1250, 50, 200", "1050, 1, 20", "1999, 999, 1000", "1500, 0, 0"})
    void goesOnAsSoFar(long now, long spent, long forecast) {
        assertThat(BudgetForecast.atEnd(WINDOW, Money.ofNanos(spent), now)).contains(Money.ofNanos(forecast));
    }

    @ParameterizedTest
    @CsvSource({"1000", "1049", "2000", "3000"})
    void saysNothingOfAWindowThatHasHardlyBegunOrHasEnded(long now) {
        assertThat(BudgetForecast.atEnd(WINDOW, Money.ofNanos(50), now)).isEmpty();
    }

    @Test
    void saysNothingOfAWindowWithoutEnd() {
        BudgetWindow endless = BudgetPeriod.TOTAL.windowAt(Instant.now(), BERLIN);

        assertThat(BudgetForecast.atEnd(
                        endless, Money.ofNanos(50), Instant.now().toEpochMilli()))
                .isEmpty();
    }

    @Test
    void aDayThatTheClockMakesLongerIsTakenAsLongAsItIs() {
        Instant noon = Instant.parse("2026-10-25T11:30:00Z");
        BudgetWindow day = BudgetPeriod.DAY.windowAt(noon, BERLIN);

        assertThat(BudgetForecast.atEnd(day, Money.ofNanos(100), noon.toEpochMilli()))
                .contains(Money.ofNanos(185));
    }

    @ParameterizedTest
    @CsvSource({"1500, 100, 75, 1666", "1250, 100, 50, 1500", "1500, 100, 99, 1505"})
    void saysWhenTheAmountWillBeSpent(long now, long amount, long spent, long at) {
        assertThat(BudgetForecast.spentAt(WINDOW, Money.ofNanos(amount), Money.ofNanos(spent), now))
                .contains(Instant.ofEpochMilli(at));
    }

    @ParameterizedTest
    @CsvSource({"1500, 100, 50", "1500, 100, 20", "1500, 100, 0", "1500, 100, 100", "1500, 100, 170", "1049, 100, 50"})
    void saysNothingOfAnAmountThatLastsOrIsSpent(long now, long amount, long spent) {
        assertThat(BudgetForecast.spentAt(WINDOW, Money.ofNanos(amount), Money.ofNanos(spent), now))
                .isEmpty();
    }

    @Test
    void theLargestAmountStaysCountable() {
        assertThat(BudgetForecast.atEnd(WINDOW, Money.ofNanos(Money.MAX_COUNTED_NANOS), 1_100))
                .contains(Money.ofNanos(Money.MAX_COUNTED_NANOS));
    }
}
