package io.rateguard.counters;

import static io.rateguard.counters.CountersOnRedis.HOLD_LIFE_MILLIS;
import static io.rateguard.counters.CountersOnRedis.budget;
import static io.rateguard.counters.CountersOnRedis.get;
import static io.rateguard.counters.CountersOnRedis.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.budget.BudgetPeriod;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.money.Money;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which settlement names which threshold. */
class ThresholdsLuaIT {

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
    void namesTheThresholdsThatACostComesToAndNoneTwice() {
        Budget budget = budget(100);

        assertThat(spend(budget, 49)).isEmpty();
        assertThat(spend(budget, 1)).containsExactly(50);
        assertThat(spend(budget, 29)).isEmpty();
        assertThat(spend(budget, 21)).containsExactly(80, 100);
        assertThat(spend(budget, 100)).isEmpty();
    }

    @Test
    void namesThemForTheBudgetTheyBelongTo() {
        Budget roomy = budget(1_000);
        Budget tight = budget(100);
        RequestId request = request();
        on.admit(request, on.claim(roomy, 85), on.claim(tight, 85));

        Settled settled = get(on.counters.settle(new Settlement(
                on.workspace,
                request,
                on.nowMillis.get(),
                List.of(),
                List.of(on.charge(roomy, 85, 8, 9), on.charge(tight, 85, 80)))));

        assertThat(settled.crossings())
                .extracting(
                        Settled.Crossing::budget,
                        crossing -> crossing.threshold().percent())
                .containsExactly(tuple(0, 8), tuple(1, 80));
    }

    @Test
    void aRepeatedSettlementNamesNothing() {
        Budget budget = budget(100);
        RequestId request = request();
        on.admit(request, on.claim(budget, 90));
        Settlement settlement = new Settlement(
                on.workspace, request, on.nowMillis.get(), List.of(), List.of(on.charge(budget, 90, 50, 80)));

        get(on.counters.settle(settlement));
        Settled again = get(on.counters.settle(settlement));

        assertThat(again.first()).isFalse();
        assertThat(again.crossings()).isEmpty();
    }

    @Test
    void whatLapsedUnderAnotherScriptIsNamedByTheNextSettlement() {
        Budget budget = budget(100);
        on.admit(request(), on.claim(budget, 60));
        on.pass(Duration.ofMillis(HOLD_LIFE_MILLIS));
        on.level(budget);

        assertThat(spend(budget, 1)).containsExactly(50);
    }

    @Test
    void aThresholdFallenBelowAndReachedAgainIsNotNamedAgain() {
        Budget budget = budget(100);
        RequestId late = request();
        on.admit(late, on.claim(budget, 60));
        on.pass(Duration.ofMillis(HOLD_LIFE_MILLIS));
        assertThat(spend(budget, 0)).containsExactly(50);

        assertThat(settle(late, budget, 10)).isEmpty();
        assertThat(spend(budget, 45)).isEmpty();
    }

    @Test
    void anotherAmountMakesAnotherThreshold() {
        Budget budget = budget(100);
        assertThat(spend(budget, 60)).containsExactly(50);
        Budget raised = new Budget(
                budget.id(),
                budget.name(),
                budget.scope(),
                Money.ofNanos(200),
                budget.period(),
                budget.zone(),
                true,
                budget.estimate());

        assertThat(spend(raised, 39)).isEmpty();
        assertThat(spend(raised, 1)).containsExactly(50);
    }

    @Test
    void aBudgetOfNothingHasNoThresholdToReach() {
        Budget nothing = budget(0, false, BudgetPeriod.MONTH);

        assertThat(spend(nothing, 5)).isEmpty();
    }

    @Test
    void eachWindowNamesItsOwn() {
        Budget daily = budget(100, true, BudgetPeriod.DAY);
        assertThat(spend(daily, 90)).containsExactly(50, 80);

        on.pass(Duration.ofDays(1));

        assertThat(spend(daily, 90)).containsExactly(50, 80);
    }

    @Test
    void eachThresholdIsNamedOnceHoweverManySettleAtOnce() throws Exception {
        Budget budget = budget(1_000_000_000);
        List<Integer> named = Collections.synchronizedList(new ArrayList<>());
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Random random = new Random(i);
                running.add(threads.submit(() -> {
                    for (int n = 0; n < 100; n++) {
                        named.addAll(spend(budget, random.nextLong(1_000_000, 1_500_000)));
                    }
                }));
            }
            for (Future<?> each : running) {
                each.get(60, TimeUnit.SECONDS);
            }
        }

        assertThat(on.level(budget).spent().nanos()).isBetween(800_000_000L, 1_200_000_000L);
        assertThat(named).doesNotHaveDuplicates().contains(50, 80);
    }

    private static List<Integer> spend(Budget budget, long nanos) {
        RequestId request = request();
        on.admit(request, on.claim(budget, 0));
        return settle(request, budget, nanos);
    }

    private static List<Integer> settle(RequestId request, Budget budget, long nanos) {
        Settlement settlement = new Settlement(
                on.workspace, request, on.nowMillis.get(), List.of(), List.of(on.charge(budget, nanos, 50, 80, 100)));
        return get(on.counters.settle(settlement)).crossings().stream()
                .map(crossing -> crossing.threshold().percent())
                .toList();
    }
}
