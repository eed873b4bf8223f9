package io.rateguard.counters;

import static io.rateguard.counters.CountersOnRedis.get;
import static io.rateguard.counters.CountersOnRedis.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.budget.BudgetPeriod;
import io.rateguard.domain.budget.BudgetScope;
import io.rateguard.domain.budget.Ladder;
import io.rateguard.domain.budget.Throttle;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.LimitId;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.limit.Concurrency;
import io.rateguard.domain.limit.Limit;
import io.rateguard.domain.limit.LimitMatch;
import io.rateguard.domain.limit.LimitMode;
import io.rateguard.domain.limit.LimitRule;
import io.rateguard.domain.limit.LimitUnit;
import io.rateguard.domain.limit.OnStoreFailure;
import io.rateguard.domain.limit.SlidingWindow;
import io.rateguard.domain.limit.TokenBucket;
import io.rateguard.domain.limit.TokenWeights;
import io.rateguard.domain.money.Money;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Budgets that slow requests down before they are used up. */
class ThrottleLuaIT {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static CountersOnRedis on;

    @BeforeAll
    static void connect() {
        on = new CountersOnRedis();
    }

    @AfterAll
    static void disconnect() {
        on.close();
    }

    static Stream<Arguments> kinds() {
        return Stream.of(
                Arguments.of(new TokenBucket(LimitUnit.REQUESTS, 100, 100, MINUTE), 10),
                Arguments.of(new SlidingWindow(LimitUnit.REQUESTS, 100, MINUTE), 10),
                Arguments.of(new SlidingWindow(LimitUnit.REQUESTS, 60, MINUTE), 6),
                Arguments.of(new Concurrency(50), 5),
                Arguments.of(new TokenBucket(LimitUnit.REQUESTS, 3, 3, MINUTE), 1),
                Arguments.of(new SlidingWindow(LimitUnit.REQUESTS, 3, MINUTE), 1),
                Arguments.of(new Concurrency(3), 1),
                Arguments.of(new Concurrency(0), 0));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyKindOfLimitLetsItsSharePassOnceTheRungIsReached(Limit limit, int share) {
        Budget budget = budget(1_000, throttle(95, 10));
        LimitRule rule = rule(limit);
        spend(budget, 950);

        int passed = 0;
        Admission last = admit(rule, budget);
        while (last instanceof Admission.Admitted && passed < 100) {
            passed++;
            last = admit(rule, budget);
        }

        assertThat(passed).isEqualTo(share);
        assertThat(last).isInstanceOfSatisfying(Admission.LimitReached.class, reached -> {
            assertThat(reached.claim().rule()).isEqualTo(rule);
            assertThat(reached.slowed()).contains(new Admission.Slowed(on.claim(budget, 0), 10));
        });
    }

    @Test
    void theWholeLimitPassesBeforeTheRung() {
        Budget budget = budget(1_000, throttle(95, 10));
        LimitRule rule = rule(new TokenBucket(LimitUnit.REQUESTS, 20, 20, MINUTE));
        spend(budget, 949);

        for (int i = 0; i < 20; i++) {
            assertThat(admit(rule, budget)).isInstanceOf(Admission.Admitted.class);
        }
        assertThat(admit(rule, budget))
                .isInstanceOfSatisfying(
                        Admission.LimitReached.class,
                        reached -> assertThat(reached.slowed()).isEmpty());
    }

    @Test
    void whatIsHeldCountsLikeWhatIsSpent() {
        Budget budget = budget(1_000, throttle(50, 10));
        LimitRule rule = rule(new Concurrency(10));
        on.admit(request(), on.claim(budget, 500));

        assertThat(admit(rule, budget)).isInstanceOf(Admission.Admitted.class);
        assertThat(admit(rule, budget)).isInstanceOf(Admission.LimitReached.class);
    }

    @Test
    void theLowestShareCounts() {
        Budget mild = budget(1_000, throttle(10, 50), throttle(50, 40));
        Budget hard = budget(1_000, throttle(10, 20), throttle(90, 10));
        LimitRule rule = rule(new TokenBucket(LimitUnit.REQUESTS, 100, 100, MINUTE));
        spend(mild, 600);
        spend(hard, 600);

        int passed = 0;
        while (admit(rule, mild, hard) instanceof Admission.Admitted) {
            passed++;
        }

        assertThat(passed).isEqualTo(20);
        assertThat(admit(rule, mild, hard))
                .isInstanceOfSatisfying(
                        Admission.LimitReached.class,
                        reached -> assertThat(reached.slowed()).contains(new Admission.Slowed(on.claim(hard, 0), 20)));
    }

    @Test
    void aRequestLargerThanTheShareWaitsForAllOfItAndPaysItBack() {
        Budget budget = budget(1_000, throttle(50, 10));
        LimitRule rule = CountersOnRedis.limit(1_000, 1_000, MINUTE);
        spend(budget, 500);

        assertThat(admit(rule, 300, budget)).isInstanceOf(Admission.Admitted.class);
        assertThat(admit(rule, 1, budget)).isInstanceOfSatisfying(Admission.LimitReached.class, reached -> {
            // 201 tokens at 100 a minute
            assertThat(reached.retryAfterMillis()).isEqualTo(120_600);
            assertThat(reached.limits().getFirst().remaining()).isEqualTo(-200);
        });
    }

    @Test
    void settlementsAndReleasesCountByTheShareToo() {
        Budget budget = budget(1_000, throttle(50, 10));
        LimitRule rule = CountersOnRedis.limit(1_000, 1_000, MINUTE);
        RequestId settled = request();
        RequestId released = request();
        spend(budget, 500);
        on.admit(settled, List.of(on.claim(rule, 60)), List.of(on.claim(budget, 0)));
        on.admit(released, List.of(on.claim(rule, 40)), List.of(on.claim(budget, 0)));

        on.pass(Duration.ofSeconds(6));
        settle(settled, rule, 60, 61, budget);
        assertThat(remaining(rule, budget)).isEqualTo(9);
        on.pass(Duration.ofSeconds(6));
        on.release(released);
        assertThat(remaining(rule, budget)).isEqualTo(59);
    }

    private static long remaining(LimitRule rule, Budget budget) {
        return ((Admission.Admitted) admit(rule, 0, budget)).limits().getFirst().remaining();
    }

    @Test
    void fullAgainInTheNextWindow() {
        Budget budget = budget(1_000, throttle(50, 10));
        LimitRule rule = rule(new TokenBucket(LimitUnit.REQUESTS, 100, 100, MINUTE));
        spend(budget, 500);
        assertThat(passing(rule, budget)).isEqualTo(10);

        on.pass(Duration.ofDays(1));

        assertThat(passing(rule, budget)).isEqualTo(100);
    }

    @Test
    void moreMoneyLiftsIt() {
        Budget budget = budget(1_000, throttle(50, 10));
        LimitRule rule = rule(new Concurrency(20));
        spend(budget, 500);
        assertThat(passing(rule, budget)).isEqualTo(2);

        Budget raised = new Budget(
                budget.id(),
                "raised",
                BudgetScope.WORKSPACE,
                Money.ofNanos(2_000),
                BudgetPeriod.DAY,
                ZoneOffset.UTC,
                true,
                Budget.Estimate.ELASTIC,
                budget.ladder());
        assertThat(passing(rule, raised)).isEqualTo(18);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void neverMoreThanTheShareInAnyStretchOfTime(long seed) {
        Random random = new Random(seed);
        long capacity = 500 + random.nextInt(5_000);
        long refill = 500 + random.nextInt(5_000);
        int percent = 1 + random.nextInt(30);
        long most = 200 + random.nextInt(200);
        Budget budget = budget(1_000_000_000, throttle(50, percent));
        LimitRule rule = CountersOnRedis.limit(capacity, refill, MINUTE);
        for (int i = 0; i < 5; i++) {
            admit(rule, random.nextLong(most), budget);
        }
        spend(budget, 500_000_000);

        record Used(long atMillis, long amount) {}
        List<Used> used = new ArrayList<>();
        int refused = 0;
        for (int i = 0; i < 300; i++) {
            on.pass(Duration.ofMillis(random.nextInt(3_000)));
            long estimate = random.nextLong(most + 1);
            long actual = random.nextInt(3) == 0 ? estimate : random.nextLong(most + 1);
            RequestId request = request();
            Admission admission = on.admit(
                    request, List.of(on.claim(rule, estimate)), List.of(on.claim(budget, random.nextLong(1_000))));
            switch (random.nextInt(4)) {
                case 0 -> on.release(request);
                default -> {
                    if (admission instanceof Admission.Admitted) {
                        used.add(new Used(on.nowMillis.get(), actual));
                        settle(request, rule, estimate, actual, budget);
                    }
                }
            }
            refused += admission instanceof Admission.LimitReached ? 1 : 0;
        }

        long share = Throttle.share(capacity, percent);
        long regained = Throttle.share(refill, percent);
        for (int from = 0; from < used.size(); from++) {
            long sum = 0;
            for (int to = from; to < used.size(); to++) {
                sum += used.get(to).amount();
                long millis = used.get(to).atMillis() - used.get(from).atMillis();
                assertThat(sum)
                        .as("seed %s: %s in %s ms of %s + %s a minute", seed, sum, millis, share, regained)
                        .isLessThanOrEqualTo(share + Math.ceilDiv(regained * millis, 60_000L) + most);
            }
        }
        assertThat(used).isNotEmpty();
        assertThat(refused).isPositive();
    }

    @Test
    void whereNoLimitMatchesTheBudgetHasABucketOfItsOwn() {
        Budget budget = budget(1_000, new Throttle(50, 10, OptionalLong.of(3)));
        for (int i = 0; i < 10; i++) {
            assertThat(admit(budget)).isInstanceOf(Admission.Admitted.class);
        }
        spend(budget, 500);

        for (int i = 0; i < 3; i++) {
            assertThat(admit(budget)).isInstanceOf(Admission.Admitted.class);
        }

        assertThat(admit(budget)).isInstanceOfSatisfying(Admission.Throttled.class, throttled -> {
            assertThat(throttled.claim().budget()).isEqualTo(budget);
            assertThat(throttled.throttle().requestsPerMinute()).hasValue(3);
            assertThat(throttled.retryAfterMillis()).isEqualTo(20_000);
            assertThat(throttled.budgets()).hasSize(1);
        });
        on.pass(Duration.ofSeconds(20));
        assertThat(admit(budget)).isInstanceOf(Admission.Admitted.class);
        assertThat(admit(budget)).isInstanceOf(Admission.Throttled.class);
        on.pass(Duration.ofDays(1));
        for (int i = 0; i < 10; i++) {
            assertThat(admit(budget)).isInstanceOf(Admission.Admitted.class);
        }
    }

    @Test
    void aLimitInShadowModeSlowsNothingDownSoTheBucketDoes() {
        Budget budget = budget(1_000, new Throttle(50, 10, OptionalLong.of(1)));
        LimitRule shadow = new LimitRule(
                new LimitId(UUID.randomUUID()),
                "shadow",
                LimitMatch.ALL,
                List.of(),
                new TokenBucket(LimitUnit.REQUESTS, 10, 10, MINUTE),
                TokenWeights.EVEN,
                LimitMode.SHADOW,
                OnStoreFailure.LOCAL);
        spend(budget, 500);

        assertThat(admit(shadow, budget))
                .isInstanceOfSatisfying(
                        Admission.Admitted.class,
                        admitted -> assertThat(admitted.shadowed()).isEmpty());
        assertThat(admit(shadow, budget)).isInstanceOf(Admission.Throttled.class);
    }

    @Test
    void whatIsReleasedIsGivenBackToTheBucket() {
        Budget budget = budget(1_000, new Throttle(50, 10, OptionalLong.of(1)));
        spend(budget, 500);
        RequestId request = request();
        assertThat(on.admit(request, on.claim(budget, 0))).isInstanceOf(Admission.Admitted.class);

        on.release(request);

        assertThat(admit(budget)).isInstanceOf(Admission.Admitted.class);
        assertThat(admit(budget)).isInstanceOf(Admission.Throttled.class);
    }

    @Test
    void whatWasReleasedBeforeTheRungGivesNothingToTheBucket() {
        Budget budget = budget(1_000, new Throttle(50, 10, OptionalLong.of(2)));
        RequestId early = request();
        on.admit(early, on.claim(budget, 0));
        spend(budget, 500);
        assertThat(admit(budget)).isInstanceOf(Admission.Admitted.class);
        assertThat(admit(budget)).isInstanceOf(Admission.Admitted.class);

        on.release(early);

        assertThat(admit(budget)).isInstanceOf(Admission.Throttled.class);
    }

    @Test
    void aRepeatedAdmissionTakesNothingMore() {
        Budget budget = budget(1_000, new Throttle(50, 10, OptionalLong.of(2)));
        spend(budget, 500);
        RequestId request = request();
        for (int i = 0; i < 5; i++) {
            assertThat(on.admit(request, on.claim(budget, 0))).isInstanceOf(Admission.Admitted.class);
        }

        assertThat(admit(budget)).isInstanceOf(Admission.Admitted.class);
        assertThat(admit(budget)).isInstanceOf(Admission.Throttled.class);
    }

    private static int passing(LimitRule rule, Budget budget) {
        int passed = 0;
        while (admit(rule, budget) instanceof Admission.Admitted) {
            passed++;
        }
        return passed;
    }

    private static Admission admit(Budget budget) {
        return on.admit(request(), on.claim(budget, 0));
    }

    private static Admission admit(LimitRule rule, Budget... budgets) {
        return admit(rule, 1, budgets);
    }

    private static Admission admit(LimitRule rule, long amount, Budget... budgets) {
        return on.admit(
                request(),
                List.of(on.claim(rule, amount)),
                Stream.of(budgets).map(budget -> on.claim(budget, 0)).toList());
    }

    private static void settle(RequestId request, LimitRule rule, long taken, long actual, Budget budget) {
        get(on.counters.settle(new Settlement(
                on.workspace,
                request,
                on.nowMillis.get(),
                List.of(on.used(rule, taken, actual)),
                List.of(new BudgetSettlement(
                        budget.id(), on.window(budget), Money.ofNanos(1), List.of(), budget.throttlings())))));
    }

    private static void spend(Budget budget, long nanos) {
        get(on.counters.charge(
                on.workspace,
                new BudgetWindowRef(budget.id(), on.window(budget)),
                Money.ofNanos(nanos),
                UUID.randomUUID()));
    }

    private static LimitRule rule(Limit limit) {
        return new LimitRule(new LimitId(UUID.randomUUID()), "limit", LimitMatch.ALL, List.of(), limit);
    }

    private static Throttle throttle(int percent, int toPercent) {
        return new Throttle(percent, toPercent, OptionalLong.empty());
    }

    private static Budget budget(long amountNanos, Throttle... throttles) {
        return new Budget(
                new BudgetId(UUID.randomUUID()),
                "budget",
                BudgetScope.WORKSPACE,
                Money.ofNanos(amountNanos),
                BudgetPeriod.DAY,
                ZoneOffset.UTC,
                true,
                Budget.Estimate.ELASTIC,
                new Ladder(List.of(), List.of(throttles)));
    }
}
