package io.rateguard.counters;

import static io.rateguard.counters.CountersOnRedis.HOLD_LIFE_MILLIS;
import static io.rateguard.counters.CountersOnRedis.budget;
import static io.rateguard.counters.CountersOnRedis.get;
import static io.rateguard.counters.CountersOnRedis.level;
import static io.rateguard.counters.CountersOnRedis.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.budget.BudgetPeriod;
import io.rateguard.domain.money.Money;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GrowLuaIT {

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
    void aHoldThatHasGrownLeavesLessToOthers() {
        Budget budget = budget(100);
        Claim claim = admitted(budget, 30);

        assertThat(grow(claim, 80)).isEqualTo(1);

        assertThat(on.level(budget)).isEqualTo(level(0, 80));
        assertThat(on.admit(request(), on.claim(budget, 21))).isInstanceOf(Admission.BudgetExhausted.class);
        assertThat(on.admit(request(), on.claim(budget, 20))).isInstanceOf(Admission.Admitted.class);
    }

    @Test
    void aHoldMayGrowBeyondItsBudgetAndNeverShrinks() {
        Budget budget = budget(100);
        Claim claim = admitted(budget, 30);

        grow(claim, 170);
        grow(claim, 50);
        grow(claim, 170);

        assertThat(on.level(budget)).isEqualTo(level(0, 170));
    }

    @Test
    void whatHasGrownIsReplacedByItsCharge() {
        Budget budget = budget(100);
        Claim claim = admitted(budget, 30);
        grow(claim, 80);

        assertThat(on.settle(claim.request(), budget, 64).first()).isTrue();

        assertThat(on.level(budget)).isEqualTo(level(64, 0));
    }

    @Test
    void whatHasGrownIsGivenBackWhole() {
        Budget budget = budget(100);
        Claim claim = admitted(budget, 30);
        grow(claim, 80);

        on.release(claim);

        assertThat(on.level(budget)).isEqualTo(level(0, 0));
    }

    @Test
    void whatHasGrownLapsesWholeUntilALateSettlement() {
        Budget budget = budget(100);
        Claim claim = admitted(budget, 30);
        grow(claim, 80);
        on.pass(Duration.ofMillis(HOLD_LIFE_MILLIS));
        assertThat(on.level(budget)).isEqualTo(level(80, 0));

        on.settle(claim.request(), budget, 64);

        assertThat(on.level(budget)).isEqualTo(level(64, 0));
    }

    @Test
    void whatIsSettledReleasedOrLapsedDoesNotGrow() {
        Budget budget = budget(1_000);
        Claim settled = admitted(budget, 30);
        Claim released = admitted(budget, 30);
        Claim lapsed = admitted(budget, 30);
        on.settle(settled.request(), budget, 4);
        on.release(released);
        on.pass(Duration.ofMillis(HOLD_LIFE_MILLIS));
        assertThat(on.level(budget)).isEqualTo(level(34, 0));

        assertThat(List.of(grow(settled, 80), grow(released, 80), grow(lapsed, 80)))
                .containsOnly(0);

        assertThat(on.level(budget)).isEqualTo(level(34, 0));
    }

    @Test
    void eachBudgetGrows() {
        Budget first = budget(100);
        Budget second = budget(100);
        Claim claim = new Claim(on.workspace, request(), List.of(), List.of(on.claim(first, 30), on.claim(second, 30)));
        get(on.counters.admit(claim));

        assertThat(grow(claim, 45)).isEqualTo(2);

        assertThat(on.level(first)).isEqualTo(level(0, 45));
        assertThat(on.level(second)).isEqualTo(level(0, 45));
    }

    @Test
    void theLargestHoldsStayExactTogether() {
        Budget budget = budget(Money.MAX_COUNTED_NANOS, false, BudgetPeriod.TOTAL);
        Claim first = admitted(budget, Money.MAX_COUNTED_NANOS);
        Claim second = admitted(budget, 30);

        grow(second, Money.MAX_COUNTED_NANOS);

        assertThat(on.level(budget)).isEqualTo(level(0, 2 * Money.MAX_COUNTED_NANOS));
        on.settle(first.request(), budget, Money.MAX_COUNTED_NANOS - 1);
        on.settle(second.request(), budget, Money.MAX_COUNTED_NANOS);
        assertThat(on.level(budget)).isEqualTo(level(2 * Money.MAX_COUNTED_NANOS - 1, 0));
    }

    private static Claim admitted(Budget budget, long holdNanos) {
        Claim claim = new Claim(on.workspace, request(), List.of(), List.of(on.claim(budget, holdNanos)));
        assertThat(get(on.counters.admit(claim))).isInstanceOf(Admission.Admitted.class);
        return claim;
    }

    private static int grow(Claim claim, long holdNanos) {
        return get(on.counters.grow(claim.holding(Money.ofNanos(holdNanos))));
    }
}
