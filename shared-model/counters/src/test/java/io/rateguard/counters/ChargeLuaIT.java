package io.rateguard.counters;

import static io.rateguard.counters.CountersOnRedis.budget;
import static io.rateguard.counters.CountersOnRedis.get;
import static io.rateguard.counters.CountersOnRedis.level;
import static io.rateguard.counters.CountersOnRedis.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.budget.BudgetPeriod;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.money.Money;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is spent without an admission. */
class ChargeLuaIT {

    private long correct(Budget budget, long nanos, UUID cause, long epoch) {
        BudgetWindowRef window = new BudgetWindowRef(budget.id(), on.window(budget));
        return get(on.counters.correct(on.workspace, window, Money.ofNanos(nanos), cause, epoch));
    }

    private static CountersOnRedis on;

    @BeforeAll
    static void connect() {
        on = new CountersOnRedis();
    }

    @AfterAll
    static void disconnect() {
        on.close();
    }

    @Test
    void addsOncePerCauseToWhatIsSpentAndHeld() {
        Budget budget = budget(1_000);
        RequestId under = request();
        on.admit(under, on.claim(budget, 100));
        UUID cause = UUID.randomUUID();

        assertThat(charge(budget, 300, cause)).isEqualTo(level(300, 100));
        assertThat(charge(budget, 300, cause)).isEqualTo(level(300, 100));
        assertThat(charge(budget, 7, UUID.randomUUID())).isEqualTo(level(307, 100));

        on.settle(under, budget, 50);
        assertThat(on.level(budget)).isEqualTo(level(357, 0));
    }

    @Test
    void correctsOncePerCauseUpAndDownInItsEpochOnly() {
        Budget budget = budget(1_000);
        charge(budget, 300, UUID.randomUUID());
        UUID cause = UUID.randomUUID();
        long epoch = get(on.counters.rebuilds().progress(on.workspace)).epoch().number();

        assertThat(correct(budget, -120, cause, epoch)).isEqualTo(epoch);
        assertThat(correct(budget, -120, cause, epoch)).isEqualTo(epoch);
        assertThat(on.level(budget)).isEqualTo(level(180, 0));
        assertThat(correct(budget, 50, UUID.randomUUID(), epoch)).isEqualTo(epoch);
        assertThat(correct(budget, 50, UUID.randomUUID(), epoch - 1)).isEqualTo(Epoch.NONE);
        assertThat(on.level(budget)).isEqualTo(level(230, 0));
    }

    @Test
    void countsWhenARequestIsAdmitted() {
        Budget budget = budget(1_000);
        charge(budget, 950, UUID.randomUUID());

        assertThat(on.admit(request(), on.claim(budget, 51))).isInstanceOf(Admission.BudgetExhausted.class);
        assertThat(on.admit(request(), on.claim(budget, 50))).isInstanceOf(Admission.Admitted.class);
    }

    @Test
    void addsToTheNamedWindowOnly() {
        Budget budget = budget(1_000, true, BudgetPeriod.DAY);
        charge(budget, 40, UUID.randomUUID());

        on.pass(Duration.ofDays(1));

        assertThat(on.level(budget)).isEqualTo(level(0, 0));
    }

    @Test
    void addsAmountsThatLuaCannotPrint() {
        Budget budget = budget(Money.MAX_COUNTED_NANOS);

        assertThat(charge(budget, Money.MAX_COUNTED_NANOS, UUID.randomUUID()))
                .isEqualTo(level(Money.MAX_COUNTED_NANOS, 0));
    }

    @Test
    void leavesNoKeyThatOutlivesItsWindow() {
        Budget monthly = budget(1_000);
        Budget endless = budget(1_000, true, BudgetPeriod.TOTAL);

        charge(monthly, 1, UUID.randomUUID());
        charge(endless, 1, UUID.randomUUID());

        assertThat(on.redis.getMap(key(monthly)).remainTimeToLive()).isPositive();
        assertThat(on.redis.getMap(key(endless)).remainTimeToLive()).isEqualTo(-1);
    }

    @Test
    void refusesAnAmountThatCannotBeCounted() {
        assertThatThrownBy(() -> charge(budget(1), -1, UUID.randomUUID()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("chargedNanos: -1 (expected: 0 to 9007199254740991)");
    }

    private static String key(Budget budget) {
        return new Keys(on.workspace).budget(budget.id(), on.window(budget));
    }

    private static BudgetLevel charge(Budget budget, long nanos, UUID cause) {
        get(on.counters.charge(
                on.workspace, new BudgetWindowRef(budget.id(), on.window(budget)), Money.ofNanos(nanos), cause));
        return on.level(budget);
    }
}
