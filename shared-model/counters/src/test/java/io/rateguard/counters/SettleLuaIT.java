package io.rateguard.counters;

import static io.rateguard.counters.CountersOnRedis.HOLD_LIFE_MILLIS;
import static io.rateguard.counters.CountersOnRedis.budget;
import static io.rateguard.counters.CountersOnRedis.get;
import static io.rateguard.counters.CountersOnRedis.level;
import static io.rateguard.counters.CountersOnRedis.perMinute;
import static io.rateguard.counters.CountersOnRedis.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.limit.LimitRule;
import io.rateguard.domain.money.Money;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SettleLuaIT {

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
    void replacesTheHoldByTheCharge() {
        Budget budget = budget(100);
        RequestId request = request();
        on.admit(request, on.claim(budget, 30));

        Settled settled = on.settle(request, budget, 12);

        assertThat(settled).isEqualTo(on.settled(true, List.of(level(12, 0))));
        assertThat(on.keys()).noneMatch(key -> key.contains(request.value()));
    }

    @Test
    void chargesInFullWhatCostMoreThanWasHeld() {
        Budget budget = budget(100);
        RequestId request = request();
        on.admit(request, on.claim(budget, 30));

        Settled settled = on.settle(request, budget, 150);

        assertThat(settled.budgets()).containsExactly(level(150, 0));
    }

    @Test
    void settlingTwiceIsSettlingOnce() {
        Budget budget = budget(100);
        LimitRule limit = perMinute(100);
        RequestId request = request();
        on.admit(request, List.of(on.claim(limit, 50)), List.of(on.claim(budget, 30)));
        Settlement settlement = new Settlement(
                on.workspace,
                request,
                on.nowMillis.get(),
                List.of(on.used(limit, 50, 20)),
                List.of(on.charge(budget, 12)));

        Settled first = get(on.counters.settle(settlement));
        Settled second = get(on.counters.settle(settlement));

        assertThat(first.first()).isTrue();
        assertThat(second).isEqualTo(on.settled(false, List.of(level(12, 0))));
        assertThat(on.remaining(limit)).isEqualTo(80);
    }

    @Test
    void aRequestNeverAdmittedChangesNothing() {
        Budget budget = budget(100);
        LimitRule limit = perMinute(100);
        List<String> keys = on.keys();

        Settled settled = get(on.counters.settle(new Settlement(
                on.workspace,
                request(),
                on.nowMillis.get(),
                List.of(on.used(limit, 0, 20)),
                List.of(on.charge(budget, 12)))));

        assertThat(settled).isEqualTo(on.settled(false, List.of(level(0, 0))));
        assertThat(on.keys()).isEqualTo(keys);
    }

    @Test
    void aLateSettlementReplacesALapsedHoldByTheDifference() {
        Budget budget = budget(100);
        RequestId cheaper = request();
        RequestId dearer = request();
        on.admit(cheaper, on.claim(budget, 30));
        on.admit(dearer, on.claim(budget, 30));
        on.pass(Duration.ofMillis(HOLD_LIFE_MILLIS));
        assertThat(on.level(budget)).isEqualTo(level(60, 0));

        on.settle(cheaper, budget, 10);
        on.settle(dearer, budget, 45);

        assertThat(on.level(budget)).isEqualTo(level(55, 0));
        assertThat(on.settle(cheaper, budget, 10).first()).isFalse();
    }

    @Test
    void aHoldThatIsDueButNotSweptIsReplacedAllTheSame() {
        Budget budget = budget(100);
        RequestId request = request();
        on.admit(request, on.claim(budget, 30));
        on.pass(Duration.ofMillis(HOLD_LIFE_MILLIS + 1));

        Settled settled = on.settle(request, budget, 10);

        assertThat(settled).isEqualTo(on.settled(true, List.of(level(10, 0))));
    }

    @Test
    void eachBudgetAnswersForItselfWhenTheRequestHasExpired() {
        Budget held = budget(100);
        Budget lapsed = budget(100);
        Budget stranger = budget(100);
        LimitRule limit = perMinute(100);
        RequestId request = request();
        on.admit(request, List.of(on.claim(limit, 50)), List.of(on.claim(held, 30), on.claim(lapsed, 30)));
        on.expireRequest(request);
        on.pass(Duration.ofMillis(HOLD_LIFE_MILLIS));
        on.level(lapsed);

        Settled settled = get(on.counters.settle(new Settlement(
                on.workspace,
                request,
                on.nowMillis.get(),
                List.of(on.used(limit, 50, 70)),
                List.of(on.charge(stranger, 12), on.charge(lapsed, 12), on.charge(held, 12)))));

        assertThat(settled).isEqualTo(on.settled(true, List.of(level(0, 0), level(12, 0), level(12, 0))));
        assertThat(on.remaining(limit)).isEqualTo(80);
    }

    @Test
    void withoutABudgetTheRequestAloneDecidesWhetherALimitIsCorrected() {
        LimitRule known = perMinute(100);
        LimitRule expired = perMinute(100);
        RequestId first = request();
        RequestId second = request();
        on.admit(first, on.claim(known, 50));
        on.admit(second, on.claim(expired, 50));
        on.expireRequest(second);

        Settled settled = on.settle(first, on.used(known, 50, 10));
        Settled skipped = on.settle(second, on.used(expired, 50, 10));

        assertThat(settled.first()).isTrue();
        assertThat(skipped.first()).isFalse();
        assertThat(on.remaining(known)).isEqualTo(90);
        assertThat(on.remaining(expired)).isEqualTo(50);
    }

    @Test
    void usingMoreThanWasTakenLeavesADebtThatIsPaidBack() {
        LimitRule limit = perMinute(60);
        RequestId request = request();
        on.admit(request, on.claim(limit, 20));

        on.settle(request, on.used(limit, 20, 100));

        assertThat(on.remaining(limit)).isEqualTo(-40);
        on.pass(Duration.ofSeconds(41));
        assertThat(on.remaining(limit)).isEqualTo(1);
    }

    @Test
    void givingBackNeverFillsABucketAboveItsCapacity() {
        LimitRule limit = perMinute(60);
        RequestId request = request();
        on.admit(request, on.claim(limit, 50));
        on.pass(Duration.ofSeconds(30));

        on.settle(request, on.used(limit, 50, 0));

        assertThat(on.remaining(limit)).isEqualTo(60);
    }

    @Test
    void whatWasTakenOfAnEstimateAboveTheCapacityIsTheCapacity() {
        LimitRule limit = perMinute(60);
        RequestId request = request();
        on.admit(request, on.claim(limit, 1_000));

        on.settle(request, on.used(limit, 1_000, 70));

        assertThat(on.remaining(limit)).isEqualTo(-10);
    }

    @Test
    void aDebtTooLargeToCountSaysNever() {
        LimitRule limit = perMinute(60);
        RequestId request = request();
        on.admit(request, on.claim(limit, 1));

        on.settle(request, on.used(limit, 1, Money.MAX_COUNTED_NANOS));
        Admission admission = on.admit(request(), on.claim(limit, 1));

        assertThat(admission).isInstanceOfSatisfying(Admission.LimitReached.class, reached -> {
            assertThat(reached.retryAfterMillis()).isEqualTo(Long.MAX_VALUE);
            assertThat(reached.limits().getFirst().remaining()).isEqualTo(-(1L << 52));
        });
    }

    @Test
    void chargesOfNothingAreCharges() {
        Budget budget = budget(100);
        RequestId request = request();
        on.admit(request, on.claim(budget, 0));

        Settled settled = on.settle(request, budget, 0);

        assertThat(settled).isEqualTo(on.settled(true, List.of(level(0, 0))));
        assertThat(on.settle(request, budget, 0).first()).isFalse();
    }

    @Test
    void aLapsedHoldOfNothingIsSettledLate() {
        Budget budget = budget(100);
        RequestId request = request();
        on.admit(request, on.claim(budget, 0));
        on.expireRequest(request);
        on.pass(Duration.ofMillis(HOLD_LIFE_MILLIS));
        on.level(budget);

        Settled settled = on.settle(request, budget, 7);

        assertThat(settled).isEqualTo(on.settled(true, List.of(level(7, 0))));
    }
}
