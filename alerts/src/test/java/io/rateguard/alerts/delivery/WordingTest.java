package io.rateguard.alerts.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.alerts.delivery.Notice.BudgetReached;
import io.rateguard.domain.budget.BudgetPeriod;
import io.rateguard.domain.budget.BudgetWindow;
import io.rateguard.domain.budget.FiscalYear;
import io.rateguard.domain.limit.Partition;
import io.rateguard.domain.money.Money;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordingTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "8012345678, 10000000000, $8.01",
        "8999999999, 10000000000, $8.99",
        "1234567890123456, 2000000000000000, '$1,234,567.89'",
        "8000000000, 10000000000, $8.00",
        "812345678, 999000000, $0.8123",
        "400000000, 500000000, $0.40",
        "81234, 100000, $0.000081234",
        "0, 100000, $0.00"
    })
    void amountsAreAsExactAsTheirBudgetNeeds(long nanos, long besides, String shown) {
        assertThat(Dollars.of(Money.ofNanos(nanos), Money.ofNanos(besides))).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "DAY, 23 November 2026, '24 November 2026, 00:00 (Europe/Berlin)'",
        "WEEK, Week of 23 November 2026, '30 November 2026, 00:00 (Europe/Berlin)'",
        "MONTH, November 2026, '1 December 2026, 00:00 (Europe/Berlin)'",
        "QUARTER, Q4 2026, '1 January 2027, 00:00 (Europe/Berlin)'",
        "TOTAL, All time, Never"
    })
    void windowsAreNamedAsPeopleNameThem(BudgetPeriod period, String name, String reset) {
        BudgetWindow window = period.windowAt(NOW, BERLIN);

        assertThat(Windows.name(window)).isEqualTo(name);
        assertThat(Windows.reset(window, BERLIN)).isEqualTo(reset);
    }

    @ParameterizedTest
    @CsvSource({
        "MONTH, 04-15, Month from 15 November 2026",
        "MONTH, 04-01, November 2026",
        "QUARTER, 04-01, Quarter from 1 October 2026",
        "QUARTER, 02-10, Quarter from 10 November 2026"
    })
    void windowsOfAnotherYearAreNamedByTheirFirstDay(BudgetPeriod period, String year, String name) {
        BudgetWindow window =
                period.windowAt(Instant.parse("2026-11-23T12:00:00Z"), BERLIN, FiscalYear.ofWireName(year));

        assertThat(Windows.name(window)).isEqualTo(name);
    }

    @Test
    void saysWhatHappensNext() {
        assertThat(consequence(80, true, BudgetPeriod.MONTH))
                .isEqualTo(
                        "Requests are still let through. Once the budget is used up, they are refused until it resets.");
        assertThat(consequence(100, true, BudgetPeriod.MONTH))
                .isEqualTo("The budget is used up: requests under it are refused until it resets.");
        assertThat(consequence(100, true, BudgetPeriod.TOTAL))
                .isEqualTo("The budget is used up: requests under it are refused until its amount is raised.");
        assertThat(consequence(120, false, BudgetPeriod.MONTH))
                .isEqualTo("Requests are still let through: this budget only alerts.");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "2026-11, ``",
                "2026-11/4.acme6.search, `customer acme, team search`",
                "2026-11/4.acme0., `customer acme, team (none)`",
                "2026-11/#ab12, `one customer, team with a long or unusual name`",
            })
    void namesWhatIsCountedApart(String window, String counted) {
        List<Partition> per =
                window.contains("/") ? List.of(Partition.Field.CUSTOMER, new Partition.Tag("team")) : List.of();
        BudgetReached notice = new BudgetReached(
                "Main",
                "Team",
                80,
                Money.ofNanos(100),
                Money.ofNanos(80),
                new BudgetWindow(window, 0, NOW.toEpochMilli()),
                per,
                BERLIN,
                true,
                null,
                URI.create("https://console.example/w/main/budgets"));

        assertThat(Wording.of(notice).facts().getOrDefault("For", "")).isEqualTo(counted);
        assertThat(Wording.of(notice).facts()).containsEntry("Window", "November 2026");
    }

    @Test
    void theShareIsRoundedDownHoweverLargeTheAmounts() {
        long most = Money.MAX_COUNTED_NANOS;

        assertThat(Wording.share(notice(most - 1, most, true, BudgetPeriod.MONTH)))
                .isEqualTo(99);
        assertThat(Wording.share(notice(most, most, true, BudgetPeriod.MONTH))).isEqualTo(100);
    }

    @Test
    void saysWhatIsOffered() {
        assertThat(Wording.of(notice(80, 100, true, BudgetPeriod.MONTH)).offer())
                .isEqualTo("Allow $0.000000025 more until it resets");
        assertThat(Wording.of(notice(80, 100, true, BudgetPeriod.TOTAL)).offer())
                .isEqualTo("Allow $0.000000025 more for 7 days");
        assertThat(Wording.of(notice(80, 100, false, BudgetPeriod.MONTH)).offer())
                .isEmpty();
    }

    private static String consequence(long spent, boolean shutsOff, BudgetPeriod period) {
        return Wording.of(notice(spent, 100, shutsOff, period)).consequence();
    }

    private static BudgetReached notice(long spent, long amount, boolean shutsOff, BudgetPeriod period) {
        return new BudgetReached(
                "Main",
                "Team",
                80,
                Money.ofNanos(amount),
                Money.ofNanos(spent),
                period.windowAt(NOW, BERLIN),
                List.of(),
                BERLIN,
                shutsOff,
                shutsOff
                        ? new Notice.Offer(
                                Money.ofNanos(25),
                                NOW,
                                "token",
                                URI.create("https://console.example/w/main/increase?offer=token"))
                        : null,
                URI.create("https://console.example/w/main/budgets"));
    }
}
