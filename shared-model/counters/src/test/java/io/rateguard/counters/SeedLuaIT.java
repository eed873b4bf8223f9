package io.rateguard.counters;

import static io.rateguard.counters.CountersOnRedis.get;
import static io.rateguard.counters.CountersOnRedis.level;
import static io.rateguard.counters.CountersOnRedis.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.budget.BudgetPeriod;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.money.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a window is given for the time before its budget was known. */
class SeedLuaIT {

    private final CountersOnRedis on = new CountersOnRedis();

    @AfterEach
    void close() {
        on.close();
    }

    @Test
    void aSumThatGrowsAddsTheDifferenceAndNoOtherAddsAnything() {
        Budget budget = CountersOnRedis.budget(1_000);

        assertThat(seed(budget, 100)).isEqualTo(level(100, 0));
        assertThat(seed(budget, 100)).isEqualTo(level(100, 0));
        assertThat(seed(budget, 130)).isEqualTo(level(130, 0));
        assertThat(seed(budget, 120)).isEqualTo(level(130, 0));
        assertThat(seed(budget, 131)).isEqualTo(level(131, 0));
    }

    @Test
    void addsToWhatIsSpentAndHeldAndIsRefusedBy() {
        Budget budget = CountersOnRedis.budget(1_000);
        RequestId settled = request();
        on.admit(settled, on.claim(budget, 200));
        on.settle(settled, budget, 150);
        on.admit(request(), on.claim(budget, 50));

        assertThat(seed(budget, 780)).isEqualTo(level(930, 50));
        assertThat(on.admit(request(), on.claim(budget, 21))).isInstanceOf(Admission.BudgetExhausted.class);
        assertThat(on.admit(request(), on.claim(budget, 20))).isInstanceOf(Admission.Admitted.class);
    }

    @Test
    void eachWindowIsGivenItsOwnAndOneThatEndsExpires() {
        Budget daily = CountersOnRedis.budget(1_000, true, BudgetPeriod.DAY);
        seed(daily, 100);
        on.pass(java.time.Duration.ofDays(1));

        assertThat(on.level(daily)).isEqualTo(level(0, 0));
        assertThat(on.keys().stream().filter(key -> key.startsWith("budget:")))
                .isNotEmpty()
                .allSatisfy(key ->
                        assertThat(on.redis.getBucket(key).remainTimeToLive()).isPositive());
    }

    @Test
    void theLargestSumCountsHoweverManySayItAtOnce() throws Exception {
        Budget budget = CountersOnRedis.budget(1_000_000);
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<?>> saying = new ArrayList<>();
            for (int i = 1; i <= 200; i++) {
                long sum = i * 37L % 201;
                saying.add(threads.submit(() -> seed(budget, sum)));
            }
            for (Future<?> each : saying) {
                each.get();
            }
        }

        assertThat(on.level(budget)).isEqualTo(level(200, 0));
    }

    @Test
    void takesOnlyWhatIsCountedExactly() {
        Budget budget = CountersOnRedis.budget(1_000);

        assertThat(seed(budget, Money.MAX_COUNTED_NANOS)).isEqualTo(level(Money.MAX_COUNTED_NANOS, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> seed(budget, Money.MAX_COUNTED_NANOS + 1));
    }

    private BudgetLevel seed(Budget budget, long nanos) {
        return get(on.counters.seed(
                on.workspace, new BudgetWindowRef(budget.id(), on.window(budget)), Money.ofNanos(nanos)));
    }
}
