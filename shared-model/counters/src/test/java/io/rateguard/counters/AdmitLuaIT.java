package io.rateguard.counters;

import static io.rateguard.counters.CountersOnRedis.EPOCH;
import static io.rateguard.counters.CountersOnRedis.HOLD_LIFE_MILLIS;
import static io.rateguard.counters.CountersOnRedis.START_MILLIS;
import static io.rateguard.counters.CountersOnRedis.budget;
import static io.rateguard.counters.CountersOnRedis.get;
import static io.rateguard.counters.CountersOnRedis.level;
import static io.rateguard.counters.CountersOnRedis.limit;
import static io.rateguard.counters.CountersOnRedis.perMinute;
import static io.rateguard.counters.CountersOnRedis.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.budget.BudgetPeriod;
import io.rateguard.domain.budget.BudgetWindow;
import io.rateguard.domain.id.LimitId;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.limit.LimitMatch;
import io.rateguard.domain.limit.LimitRule;
import io.rateguard.domain.limit.LimitUnit;
import io.rateguard.domain.limit.SlidingWindow;
import io.rateguard.domain.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.redisson.api.RScript;
import org.redisson.client.codec.StringCodec;

class AdmitLuaIT {

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
    void takesFromEveryLimitAndBudgetOfTheClaim() {
        LimitRule requests = perMinute(10);
        LimitRule tokens = perMinute(1_000);
        Budget month = budget(500);
        Budget total = budget(900, true, BudgetPeriod.TOTAL);

        Admission admission = on.admit(
                request(),
                List.of(on.claim(requests, 1), on.claim(tokens, 300)),
                List.of(on.claim(month, 40), on.claim(total, 40)));

        assertThat(admission)
                .isEqualTo(new Admission.Admitted(
                        on.nowMillis.get(),
                        EPOCH,
                        List.of(),
                        List.of(new LimitLevel(9, 6_000), new LimitLevel(700, 18_000)),
                        List.of(level(0, 40), level(0, 40))));
    }

    @Test
    void admitsARequestThatNeitherLimitNorBudgetLooksAt() {
        assertThat(on.admit(request(), List.of(), List.of()))
                .isEqualTo(new Admission.Admitted(on.nowMillis.get(), Epoch.NONE, List.of(), List.of(), List.of()));
    }

    @Test
    void refusesByTheFirstLimitThatHasTooLittleAndSaysWhenItHasEnough() {
        LimitRule wide = perMinute(1_000);
        LimitRule narrow = perMinute(100);
        on.admit(request(), on.claim(narrow, 90));

        Admission admission =
                on.admit(request(), List.of(on.claim(wide, 20), on.claim(narrow, 20)), List.of(on.claim(budget(5), 6)));

        assertThat(admission)
                .isEqualTo(new Admission.LimitReached(
                        on.claim(narrow, 20),
                        on.nowMillis.get(),
                        6_000,
                        List.of(new LimitLevel(1_000, 0), new LimitLevel(10, 54_000)),
                        List.of(level(0, 0))));
    }

    @Test
    void refusesTheRequestThatWouldOverspend() {
        Budget wide = budget(1_000);
        Budget narrow = budget(100);
        on.admit(request(), on.claim(narrow, 60));

        Admission admission = on.admit(request(), on.claim(wide, 41), on.claim(narrow, 41));

        assertThat(admission)
                .isEqualTo(new Admission.BudgetExhausted(
                        on.claim(narrow, 41), on.nowMillis.get(), List.of(), List.of(level(0, 0), level(0, 60))));
        assertThat(on.admit(request(), on.claim(narrow, 40))).isInstanceOf(Admission.Admitted.class);
    }

    @Test
    void aRefusalChangesNothingAtAll() {
        LimitRule wide = perMinute(1_000);
        LimitRule narrow = perMinute(1);
        Budget budget = budget(100);
        on.admit(request(), List.of(on.claim(wide, 1), on.claim(narrow, 1)), List.of(on.claim(budget, 1)));
        Map<String, Object> before = dump();
        on.pass(Duration.ofSeconds(1));

        Admission byLimit =
                on.admit(request(), List.of(on.claim(wide, 1), on.claim(narrow, 1)), List.of(on.claim(budget, 1)));
        Admission byBudget = on.admit(request(), List.of(on.claim(wide, 1)), List.of(on.claim(budget, 100)));

        assertThat(byLimit).isInstanceOf(Admission.LimitReached.class);
        assertThat(byBudget).isInstanceOf(Admission.BudgetExhausted.class);
        assertThat(dump()).isEqualTo(before);
    }

    @Test
    void aRepeatOfTheSameRequestTakesNothingMore() {
        LimitRule limit = perMinute(100);
        Budget budget = budget(100);
        RequestId request = request();
        Admission first = on.admit(request, List.of(on.claim(limit, 70)), List.of(on.claim(budget, 70)));

        Admission repeat = on.admit(request, List.of(on.claim(limit, 70)), List.of(on.claim(budget, 70)));

        assertThat(first).isInstanceOf(Admission.Admitted.class);
        assertThat(repeat).isEqualTo(first);
    }

    @Test
    void countsButNeverRefusesWhereTheBudgetDoesNotShutOff() {
        Budget budget = budget(10, false, BudgetPeriod.MONTH);

        on.admit(request(), on.claim(budget, 500));
        Admission admission = on.admit(request(), on.claim(budget, 500));

        assertThat(admission)
                .isEqualTo(new Admission.Admitted(
                        on.nowMillis.get(), EPOCH, List.of(), List.of(), List.of(level(0, 1_000))));
    }

    @Test
    void letsARequestThatCostsNothingPassAnExhaustedBudget() {
        Budget budget = budget(10);
        RequestId dear = request();
        on.admit(dear, on.claim(budget, 10));
        on.settle(dear, budget, 25);

        assertThat(on.admit(request(), on.claim(budget, 1))).isInstanceOf(Admission.BudgetExhausted.class);
        assertThat(on.admit(request(), on.claim(budget, 0))).isInstanceOf(Admission.Admitted.class);
    }

    @Test
    void aCapacityOfZeroMeansNever() {
        LimitRule forbidden = limit(0, 0, Duration.ofMinutes(1));

        Admission admission = on.admit(request(), on.claim(forbidden, 0));

        assertThat(admission)
                .isInstanceOfSatisfying(
                        Admission.LimitReached.class,
                        reached -> assertThat(reached.retryAfterMillis()).isEqualTo(Long.MAX_VALUE));
    }

    @Test
    void anAmountAboveTheCapacityTakesTheWholeCapacity() {
        LimitRule limit = perMinute(60);

        on.admit(request(), on.claim(limit, 1_000));
        Admission next = on.admit(request(), on.claim(limit, 1_000));

        assertThat(next)
                .isInstanceOfSatisfying(
                        Admission.LimitReached.class,
                        reached -> assertThat(reached.retryAfterMillis()).isEqualTo(60_000));
    }

    @Test
    void keepsPartitionsApartHoweverLongOrOddTheirNames() {
        LimitRule limit = perMinute(10);
        String digest = "#" + "0".repeat(64);
        List<String> partitions =
                List.of("a", "b", "a".repeat(65), "a".repeat(66), "}{a", "a\nb", "ä", "", "#" + "a".repeat(10), digest);
        for (String partition : partitions) {
            Admission admission = on.admit(request(), new LimitClaim(limit, partition, 10));

            assertThat(admission).isInstanceOf(Admission.Admitted.class);
        }
        for (String partition : partitions) {
            Admission admission = on.admit(request(), new LimitClaim(limit, partition, 10));

            assertThat(admission).isInstanceOf(Admission.LimitReached.class);
        }
    }

    @Test
    void answersWrongWindowWhenItsClockIsOutsideAndTakesNothing() {
        Budget budget = budget(100);
        LimitRule limit = perMinute(10);
        BudgetWindow window = on.window(budget);
        BudgetClaim claim = new BudgetClaim(budget, window, Money.ofNanos(1));
        long now = on.nowMillis.get();
        List<String> keys = on.keys();

        on.nowMillis.set(window.endMillis());
        Admission after = on.admit(request(), List.of(on.claim(limit, 1)), List.of(claim));
        on.nowMillis.set(window.startMillis() - 1);
        Admission before = on.admit(request(), List.of(on.claim(limit, 1)), List.of(claim));
        on.nowMillis.set(window.endMillis() - 1);
        Admission within = on.admit(request(), List.of(), List.of(claim));
        on.nowMillis.set(now);

        assertThat(after).isEqualTo(new Admission.WrongWindow(window.endMillis()));
        assertThat(before).isEqualTo(new Admission.WrongWindow(window.startMillis() - 1));
        assertThat(within).isInstanceOf(Admission.Admitted.class);
        assertThat(on.keys()).hasSize(keys.size() + 3);
    }

    @Test
    void aHoldPastItsLifeBecomesACharge() {
        Budget budget = budget(100);
        on.admit(request(), on.claim(budget, 30));
        on.pass(Duration.ofMillis(HOLD_LIFE_MILLIS - 1));
        assertThat(on.level(budget)).isEqualTo(level(0, 30));

        on.pass(Duration.ofMillis(1));
        Admission admission = on.admit(request(), on.claim(budget, 71));

        assertThat(admission)
                .isInstanceOfSatisfying(
                        Admission.BudgetExhausted.class,
                        exhausted -> assertThat(exhausted.budgets()).containsExactly(level(30, 0)));
    }

    @Test
    void sweepsAtMostSixtyFourHoldsAtOnceAndWeighsTheRestAllTheSame() {
        Budget budget = budget(100);
        List<CompletionStage<Admission>> holds = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Claim claim = new Claim(on.workspace, request(), List.of(), List.of(on.claim(budget, 1)));
            holds.add(on.counters.admit(claim));
        }
        holds.forEach(CountersOnRedis::get);
        on.pass(Duration.ofMillis(HOLD_LIFE_MILLIS));

        Admission admission = on.admit(request(), on.claim(budget, 1));

        assertThat(admission)
                .isInstanceOfSatisfying(
                        Admission.BudgetExhausted.class,
                        exhausted -> assertThat(exhausted.budgets()).containsExactly(level(64, 36)));
        assertThat(on.level(budget)).isEqualTo(level(100, 0));
    }

    @Test
    void forgetsALapsedHoldAfterSevenDays() {
        Budget budget = budget(100, true, BudgetPeriod.TOTAL);
        RequestId request = request();
        on.admit(request, on.claim(budget, 30));
        on.expireRequest(request);
        on.pass(Duration.ofMillis(HOLD_LIFE_MILLIS));
        on.level(budget);

        on.pass(Duration.ofDays(7));
        on.level(budget);
        Settled settled = on.settle(request, budget, 10);

        assertThat(settled).isEqualTo(on.settled(false, List.of(level(30, 0))));
    }

    @Test
    void countsAmountsUpToTheLastWholeNumberExactly() {
        long most = Money.MAX_COUNTED_NANOS;
        Budget budget = budget(most);
        RequestId request = request();

        Admission all = on.admit(request, on.claim(budget, most));
        Settled settled = on.settle(request, budget, most - 1);
        Admission tooMuch = on.admit(request(), on.claim(budget, 2));
        Admission last = on.admit(request(), on.claim(budget, 1));

        assertThat(all).isInstanceOf(Admission.Admitted.class);
        assertThat(settled.budgets()).containsExactly(level(most - 1, 0));
        assertThat(tooMuch).isInstanceOf(Admission.BudgetExhausted.class);
        assertThat(last)
                .isInstanceOfSatisfying(
                        Admission.Admitted.class,
                        admitted -> assertThat(admitted.budgets()).containsExactly(level(most - 1, 1)));
    }

    @Test
    void addsUpExactlyBeyondTheLastWholeNumberWhereNothingIsShutOff() {
        long most = Money.MAX_COUNTED_NANOS;
        Budget budget = budget(most, false, BudgetPeriod.MONTH);
        for (int i = 0; i < 3; i++) {
            RequestId request = request();
            on.admit(request, on.claim(budget, most));
            on.settle(request, budget, most);
        }

        assertThat(on.level(budget)).isEqualTo(level(3 * most, 0));
    }

    @Test
    void everyKeyOfAWorkspaceLiesInOneSlot() {
        LimitRule limit = perMinute(10);
        Budget budget = budget(100);
        RequestId request = request();
        on.admit(request, List.of(new LimitClaim(limit, "}odd{", 1)), List.of(on.claim(budget, 5)));
        on.pass(Duration.ofMillis(HOLD_LIFE_MILLIS));
        on.level(budget);

        RScript script = on.redis.getScript(StringCodec.INSTANCE);
        List<Object> tags = script.eval(
                RScript.Mode.READ_ONLY,
                "local all = {} for _, key in ipairs(redis.call('KEYS', '*' .. ARGV[1] .. '*')) do"
                        + " all[#all + 1] = string.match(key, '{(.-)}') end return all",
                RScript.ReturnType.LIST,
                List.of(),
                on.workspace.toString());

        assertThat(tags).isNotEmpty().allMatch(on.workspace.toString()::equals);
    }

    @Test
    void keysExpireWithWhatTheyCount() {
        LimitRule limit = perMinute(60);
        Budget month = budget(100);
        Budget total = budget(100, true, BudgetPeriod.TOTAL);
        RequestId request = request();
        on.admit(request, List.of(on.claim(limit, 30)), List.of(on.claim(month, 5), on.claim(total, 5)));
        Keys keys = new Keys(on.workspace);
        String monthKey = keys.budget(month.id(), on.window(month));
        long monthEnd = on.window(month).endMillis();

        assertThat(lifeOf(keys.limit(limit, "-"))).isCloseTo(30_000 + 60_000, within(20_000L));
        assertThat(lifeOf(keys.request(request))).isCloseTo(HOLD_LIFE_MILLIS, within(20_000L));
        assertThat(expiryOf(monthKey)).isEqualTo(monthEnd + Duration.ofDays(10).toMillis());
        assertThat(expiryOf(Keys.holds(monthKey)))
                .isEqualTo(monthEnd + Duration.ofDays(10).toMillis());
        assertThat(lifeOf(keys.budget(total.id(), on.window(total)))).isEqualTo(-1);
    }

    @Test
    void countsByTheClockOfRedisWhenNoneIsGiven() {
        Budget budget = budget(100, true, BudgetPeriod.TOTAL);
        try (Counters production = Counters.connect(CountersOnRedis.settings(Duration.ofSeconds(5)))) {
            long before = Instant.now().toEpochMilli();
            Claim claim = new Claim(on.workspace, request(), List.of(), List.of(on.claim(budget, 1)));

            Admission admission = get(production.admit(claim));

            assertThat(admission)
                    .isInstanceOfSatisfying(
                            Admission.Admitted.class,
                            admitted -> assertThat(admitted.chargedAtMillis()).isCloseTo(before, within(60_000L)));
        }
    }

    @Test
    void goesOnAfterRedisForgotTheScripts() {
        LimitRule limit = perMinute(10);
        on.admit(request(), on.claim(limit, 1));

        on.redis.getScript().scriptFlush();
        on.admit(request(), on.claim(limit, 1));
        on.redis.getScript().scriptFlush();

        assertThat(on.remaining(limit)).isEqualTo(8);
    }

    @Test
    void aClockThatStepsBackRegainsNothingTwice() {
        LimitRule limit = perMinute(60);
        on.admit(request(), on.claim(limit, 60));
        on.pass(Duration.ofSeconds(10));
        assertThat(on.remaining(limit)).isEqualTo(10);

        on.pass(Duration.ofSeconds(-5));
        assertThat(on.remaining(limit)).isEqualTo(10);
        on.pass(Duration.ofSeconds(5));
        assertThat(on.remaining(limit)).isEqualTo(10);
    }

    @Test
    void aRuleMadeNarrowerHoldsAtOnce() {
        LimitRule wide = limit(100, 1, Duration.ofDays(300));
        on.admit(request(), on.claim(wide, 1));
        LimitRule narrow = new LimitRule(
                wide.id(), "narrow", wide.match(), wide.per(), perMinute(5).limit());

        assertThat(on.remaining(narrow)).isEqualTo(5);
        assertThat(START_MILLIS).isLessThanOrEqualTo(on.nowMillis.get());
    }

    @ParameterizedTest
    @CsvSource({"60, 600", "86400, 172800"})
    void aLongerWindowGoesOnFromAllThatTheOneBeforeKept(long before, long after) {
        LimitRule first = window(new LimitId(UUID.randomUUID()), 1_000, before);
        LimitRule changed = window(first.id(), 1_000, after);
        startAWindow();
        on.admit(request(), on.claim(first, 300));
        on.pass(Duration.ofSeconds(before));
        on.admit(request(), on.claim(first, 100));
        on.pass(Duration.ofSeconds(before).dividedBy(2));

        assertThat(on.remaining(changed)).isEqualTo(600);

        on.admit(request(), on.claim(changed, 100));
        assertThat(on.remaining(first)).as("by a proxy that has not heard yet").isEqualTo(500);
        on.admit(request(), on.claim(first, 100));
        assertThat(on.remaining(changed)).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"3600, 60", "172800, 3600", "90, 60"})
    void aShorterWindowShutsOutForTwoOfItsOwnAtMost(long before, long after) {
        LimitRule first = window(new LimitId(UUID.randomUUID()), 1_000, before);
        LimitRule changed = window(first.id(), 10, after);
        startAWindow();
        on.admit(request(), on.claim(first, 100));
        on.pass(Duration.ofSeconds(before));
        on.admit(request(), on.claim(first, 500));
        long lastMillis = on.nowMillis.get();
        on.pass(Duration.ofSeconds(after).dividedBy(2));

        long retryAfterMillis = refusal(changed).retryAfterMillis();

        on.pass(Duration.ofMillis(retryAfterMillis - 1));
        assertThat(refusal(changed).retryAfterMillis()).isEqualTo(1);
        on.pass(Duration.ofMillis(1));
        assertThat(on.nowMillis.get() - lastMillis).isBetween(after * 1_000, 2 * after * 1_000);
        assertThat(on.admit(request(), on.claim(changed, 1))).isInstanceOf(Admission.Admitted.class);
    }

    @Test
    void whatSettlesByTheRuleBeforeShutsOutNoLonger() {
        LimitRule first = window(new LimitId(UUID.randomUUID()), 1_000, 3_600);
        LimitRule changed = window(first.id(), 10, 60);
        RequestId early = request();
        startAWindow();
        long startMillis = on.nowMillis.get();
        on.admit(early, on.claim(first, 500));
        long retryAfterMillis = refusal(changed).retryAfterMillis();

        on.pass(Duration.ofSeconds(70));
        on.settle(early, startMillis, on.used(first, 500, 499));

        on.nowMillis.set(startMillis + retryAfterMillis);
        assertThat(on.admit(request(), on.claim(changed, 1))).isInstanceOf(Admission.Admitted.class);
    }

    @ParameterizedTest
    @CsvSource({"0, 1600", "3590, 1604"})
    void whatWasTakenByTheRuleBeforeIsPutRightInItsPlace(long secondsIntoTheHour, long remaining) {
        LimitRule first = window(new LimitId(UUID.randomUUID()), 1_000, 60);
        LimitRule changed = window(first.id(), 2_000, 3_600);
        RequestId early = request();
        startAWindow();
        on.pass(Duration.ofSeconds(secondsIntoTheHour));
        long earlyMillis = on.nowMillis.get();
        on.admit(early, on.claim(first, 400));
        on.pass(Duration.ofSeconds(10));
        on.admit(request(), on.claim(changed, 300));
        on.pass(Duration.ofSeconds(170));

        on.settle(early, earlyMillis, on.used(first, 400, 100));

        assertThat(on.remaining(changed)).isEqualTo(remaining);
    }

    private static Admission.LimitReached refusal(LimitRule rule) {
        return (Admission.LimitReached) on.admit(request(), on.claim(rule, 1));
    }

    /** The next moment at which windows of all these lengths begin. */
    private static void startAWindow() {
        long longest = Duration.ofDays(2).toMillis();
        on.nowMillis.set(Math.ceilDiv(on.nowMillis.get(), longest) * longest);
    }

    private static LimitRule window(LimitId id, long max, long seconds) {
        return new LimitRule(
                id,
                "window",
                LimitMatch.ALL,
                List.of(),
                new SlidingWindow(LimitUnit.TOKENS, max, Duration.ofSeconds(seconds)));
    }

    private static long lifeOf(String key) {
        return on.redis.getKeys().remainTimeToLive(key);
    }

    private static long expiryOf(String key) {
        return on.redis
                .<Long>getScript(StringCodec.INSTANCE)
                .eval(
                        RScript.Mode.READ_ONLY,
                        "return redis.call('PEXPIRETIME', KEYS[1])",
                        RScript.ReturnType.LONG,
                        List.of(key));
    }

    /** Every key of the workspace with its content as Redis would save it. */
    private static Map<String, Object> dump() {
        Map<String, Object> all = new TreeMap<>();
        for (String key : on.keys()) {
            all.put(
                    key,
                    on.redis
                            .getScript(StringCodec.INSTANCE)
                            .eval(
                                    RScript.Mode.READ_ONLY,
                                    "return redis.sha1hex(redis.call('DUMP', KEYS[1]))",
                                    RScript.ReturnType.VALUE,
                                    List.of(key)));
        }
        return all;
    }
}
