package io.rateguard.counters;

import static io.rateguard.counters.CountersOnRedis.HOLD_LIFE_MILLIS;
import static io.rateguard.counters.CountersOnRedis.budget;
import static io.rateguard.counters.CountersOnRedis.get;
import static io.rateguard.counters.CountersOnRedis.level;
import static io.rateguard.counters.CountersOnRedis.perMinute;
import static io.rateguard.counters.CountersOnRedis.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.limit.LimitRule;
import io.rateguard.domain.money.Money;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a store knows of budgets after it has lost what it counted. */
class RebuildLuaIT {

    private CountersOnRedis on;

    @BeforeEach
    void connect() {
        on = new CountersOnRedis();
    }

    @AfterEach
    void disconnect() {
        on.close();
    }

    @Test
    void admitsForNoBudgetOnceItIsEmptiedButCountsLimitsFromTheStart() {
        Budget budget = budget(100);
        LimitRule limit = perMinute(10);
        on.admit(request(), List.of(on.claim(limit, 4)), List.of(on.claim(budget, 10)));

        empty();

        RequestId both = request();
        assertThat(on.admit(both, List.of(on.claim(limit, 4)), List.of(on.claim(budget, 10))))
                .isInstanceOf(Admission.Cold.class);
        assertThat(on.counters.rebuilds().cold()).containsExactly(on.workspace);
        assertThat(on.admit(both, on.claim(limit, 4))).isInstanceOf(Admission.Admitted.class);
        assertThat(on.remaining(limit)).isEqualTo(6);
        assertThat(on.level(budget)).isEqualTo(level(0, 0));
    }

    @Test
    void admitsForNoBudgetOnceTheServerIsAnotherRun() {
        Budget budget = budget(100);
        on.admit(request(), on.claim(budget, 10));

        runAs("0123456789abcdef");

        assertThat(on.admit(request(), on.claim(budget, 10))).isInstanceOf(Admission.Cold.class);
        assertThat(progress().epoch()).isEqualTo(new Epoch(Epoch.NONE, Epoch.State.LOST));
        assertThat(on.level(budget)).isEqualTo(level(0, 10));
    }

    @Test
    void aWorkspaceIsInitialisedOnce() {
        Rebuilds rebuilds = on.counters.rebuilds();

        assertThat(get(rebuilds.initialise(on.workspace))).isFalse();
        assertThat(get(rebuilds.initialise(new WorkspaceId(UUID.randomUUID())))).isTrue();
    }

    @Test
    void neitherChargesNorSeedsWhatIsBeingRebuilt() {
        Budget budget = budget(100);
        empty();

        assertThatThrownBy(() -> charge(budget, 5)).isInstanceOf(CountersCold.class);
        assertThatThrownBy(() -> get(on.counters.seed(on.workspace, window(budget), Money.ofNanos(5))))
                .isInstanceOf(CountersCold.class)
                .hasMessage("budgets of workspace " + on.workspace + " are being rebuilt");
        assertThat(on.level(budget)).isEqualTo(level(0, 0));
    }

    @Test
    void chargesWhatWasLostInOneEpochInThatOneOnly() {
        Budget budget = budget(1_000);
        empty();
        long first = raise();
        assertThat(chargeIn(budget, 2, first)).isEqualTo(first);
        finish(first);

        assertThat(chargeIn(budget, 3, first)).isEqualTo(first);
        assertThat(on.level(budget)).isEqualTo(level(5, 0));

        empty();
        long second = raise();
        assertThat(chargeIn(budget, 7, first)).isEqualTo(Epoch.NONE);
        finish(second, report(budget, 5));
        assertThat(chargeIn(budget, 7, first)).isEqualTo(Epoch.NONE);
        assertThat(on.level(budget)).isEqualTo(level(5, 0));
    }

    @Test
    void hasSpentWhatProxiesAndTheLedgerReport() {
        Budget budget = budget(1_000);
        empty();
        long epoch = raise();
        Rebuilds rebuilds = on.counters.rebuilds();

        assertThat(get(rebuilds.report(on.workspace, epoch, "a", List.of(report(budget, 30)))))
                .isTrue();
        assertThat(get(rebuilds.report(on.workspace, epoch, "b", List.of(report(budget, 5)))))
                .isTrue();
        UUID journal = UUID.randomUUID();
        UUID proxy = UUID.randomUUID();
        assertThat(get(rebuilds.reported(on.workspace, epoch, proxy, List.of(journal))))
                .isTrue();
        assertThat(progress().reports()).containsEntry(proxy.toString(), List.of(journal));
        finish(epoch, report(budget, 700));

        assertThat(on.level(budget)).isEqualTo(level(735, 0));
        assertThat(on.admit(request(), on.claim(budget, 266))).isInstanceOf(Admission.BudgetExhausted.class);
        assertThat(on.admit(request(), on.claim(budget, 265))).isInstanceOf(Admission.Admitted.class);
    }

    @Test
    void aReportThatIsMadeTwiceCountsOnce() {
        Budget budget = budget(1_000);
        empty();
        long epoch = raise();
        Rebuilds rebuilds = on.counters.rebuilds();

        get(rebuilds.report(on.workspace, epoch, "a", List.of(report(budget, 30))));
        get(rebuilds.report(on.workspace, epoch, "a", List.of(report(budget, 30))));
        get(rebuilds.close(on.workspace, epoch));
        get(rebuilds.reportLedger(on.workspace, epoch, List.of(report(budget, 7))));
        get(rebuilds.reportLedger(on.workspace, epoch, List.of(report(budget, 7))));

        assertThat(on.level(budget)).isEqualTo(level(37, 0));
    }

    @Test
    void takesNoReportOfAProxyOnceTheLedgersPartIsAdded() {
        Budget budget = budget(1_000);
        empty();
        long epoch = raise();
        Rebuilds rebuilds = on.counters.rebuilds();
        get(rebuilds.close(on.workspace, epoch));

        assertThat(get(rebuilds.report(on.workspace, epoch, "late", List.of(report(budget, 30)))))
                .isFalse();
        assertThat(get(rebuilds.rehold(on.workspace, epoch, List.of(underWay(request(), budget, 10)))))
                .isFalse();
        assertThat(get(rebuilds.reported(on.workspace, epoch, UUID.randomUUID(), List.of())))
                .isFalse();
        assertThat(on.level(budget)).isEqualTo(level(0, 0));
    }

    @Test
    void theNextEpochBeginsForAProxyThatMissedOne() {
        Budget budget = budget(1_000);
        on.admit(request(), on.claim(budget, 10));
        empty();
        try (Counters other = Counters.connect(
                CountersOnRedis.settings(Duration.ofSeconds(5)), () -> Long.toString(on.nowMillis.get()))) {
            long epoch = get(other.rebuilds().raise(on.workspace)).number();
            get(other.rebuilds().close(on.workspace, epoch));
            get(other.rebuilds().trust(on.workspace, epoch));

            assertThat(on.admit(request(), on.claim(budget, 10))).isInstanceOf(Admission.Cold.class);
            Epoch next = get(on.counters.rebuilds().raise(on.workspace));

            assertThat(next.state()).isEqualTo(Epoch.State.REBUILDING);
            assertThat(next.number()).isGreaterThan(epoch);
            assertThat(get(other.rebuilds().trust(on.workspace, epoch))).isFalse();
        }
    }

    @Test
    void aProxyWithNothingToReportTakesTheEpochAsItIs() {
        Budget budget = budget(1_000);
        empty();
        finish(raise(), report(budget, 7));
        try (Counters fresh = Counters.connect(
                CountersOnRedis.settings(Duration.ofSeconds(5)), () -> Long.toString(on.nowMillis.get()))) {
            Admission admission =
                    get(fresh.admit(new Claim(on.workspace, request(), List.of(), List.of(on.claim(budget, 10)))));

            assertThat(admission).isInstanceOf(Admission.Admitted.class);
            assertThat(fresh.rebuilds().reportedIn(on.workspace))
                    .isEqualTo(progress().epoch().number());
        }
    }

    @Test
    void aRequestUnderWayHoldsAndIsSettledAsIfNothingHadBeenLost() {
        Budget budget = budget(1_000);
        RequestId settled = request();
        RequestId lapsing = request();
        on.admit(settled, on.claim(budget, 50));
        on.admit(lapsing, on.claim(budget, 60));
        empty();
        long epoch = raise();
        List<Rebuilds.UnderWay> both = List.of(underWay(settled, budget, 50), underWay(lapsing, budget, 60));

        get(on.counters.rebuilds().rehold(on.workspace, epoch, both));
        get(on.counters.rebuilds().rehold(on.workspace, epoch, both));
        finish(epoch);
        assertThat(get(on.counters.rebuilds().rehold(on.workspace, epoch, both)))
                .isFalse();

        assertThat(on.level(budget)).isEqualTo(level(0, 110));
        assertThat(on.settle(settled, budget, 20).first()).isTrue();
        assertThat(on.level(budget)).isEqualTo(level(20, 60));
        on.pass(Duration.ofMillis(HOLD_LIFE_MILLIS));
        assertThat(on.level(budget)).isEqualTo(level(80, 0));
        assertThat(on.settle(lapsing, budget, 1).first()).isTrue();
        assertThat(on.level(budget)).isEqualTo(level(21, 0));
    }

    @Test
    void whatIsHeldAgainIsRenewed() {
        Budget budget = budget(1_000);
        RequestId request = request();
        on.admit(request, on.claim(budget, 50));
        empty();
        long epoch = raise();
        get(on.counters.rebuilds().rehold(on.workspace, epoch, List.of(underWay(request, budget, 50))));

        on.pass(Duration.ofMillis(HOLD_LIFE_MILLIS - 1));
        int renewed = get(
                on.counters.renew(List.of(new Claim(on.workspace, request, List.of(), List.of(on.claim(budget, 50))))));
        on.pass(Duration.ofMillis(HOLD_LIFE_MILLIS - 1));

        assertThat(renewed).isEqualTo(1);
        assertThat(on.level(budget)).isEqualTo(level(0, 50));
    }

    @Test
    void aSettlementOfWhatWasLostTellsInWhichEpochItIsNotKnown() {
        Budget budget = budget(1_000);
        RequestId request = request();
        on.admit(request, on.claim(budget, 50));
        empty();

        Settled lost = on.settle(request, budget, 20);
        long epoch = raise();
        Settled rebuilding = on.settle(request, budget, 20);

        assertThat(lost.first()).isFalse();
        assertThat(lost.unknownIn()).isEqualTo(Epoch.NONE);
        assertThat(rebuilding.first()).isFalse();
        assertThat(rebuilding.unknownIn()).isEqualTo(epoch);
        assertThat(on.level(budget)).isEqualTo(level(0, 0));
    }

    @Test
    void aSettlementTellsSoAlsoWhenTheServerCameBackWithTheRequest() {
        Budget budget = budget(1_000);
        RequestId request = request();
        on.admit(request, on.claim(budget, 50));
        runAs("0123456789abcdef");
        long epoch = raise();
        finish(epoch, report(budget, 7));

        Settled lost = on.settle(request, budget, 20);

        assertThat(lost.unknownIn()).isEqualTo(epoch);
        assertThat(on.level(budget)).isEqualTo(level(7, 0));
    }

    @Test
    void whatAServerCameBackWithStandsUntilMoreIsReported() {
        Budget more = budget(1_000);
        Budget less = budget(1_000);
        RequestId gone = request();
        on.admit(gone, List.of(), List.of(on.claim(more, 40), on.claim(less, 40)));
        charge(more, 300);
        charge(less, 500);
        runAs("0123456789abcdef");
        long epoch = raise();

        get(on.counters.rebuilds().report(on.workspace, epoch, "a", List.of(report(more, 250), report(less, 250))));
        finish(epoch, report(more, 80), report(less, 80));
        charge(more, 1);
        charge(less, 1);

        assertThat(on.level(more)).isEqualTo(level(331, 0));
        assertThat(on.level(less)).isEqualTo(level(501, 0));
        on.pass(Duration.ofMillis(HOLD_LIFE_MILLIS));
        assertThat(on.level(more)).isEqualTo(level(331, 0));
    }

    @Test
    void aHoldThatLapsedIsNoChargeThatStands() {
        Budget budget = budget(1_000);
        on.admit(request(), on.claim(budget, 700));
        charge(budget, 10);
        on.pass(Duration.ofMillis(HOLD_LIFE_MILLIS));
        assertThat(on.level(budget)).isEqualTo(level(710, 0));
        runAs("0123456789abcdef");
        long epoch = raise();

        get(on.counters.rebuilds().report(on.workspace, epoch, "a", List.of(report(budget, 100))));
        finish(epoch);

        assertThat(on.level(budget)).isEqualTo(level(100, 0));
    }

    @Test
    void whatAProxyReportedInPartIsToldByTheLedgerAlone() {
        Budget budget = budget(1_000);
        empty();
        long epoch = raise();
        Rebuilds rebuilds = on.counters.rebuilds();
        UUID whole = UUID.randomUUID();

        get(rebuilds.report(on.workspace, epoch, UUID.randomUUID() + "/0", List.of(report(budget, 30))));
        get(rebuilds.report(on.workspace, epoch, whole + "/0", List.of(report(budget, 5))));
        get(rebuilds.reported(on.workspace, epoch, whole, List.of()));
        finish(epoch, report(budget, 37));

        assertThat(on.level(budget)).isEqualTo(level(42, 0));
    }

    @Test
    void whatWasSpentBeforeABudgetWasKnownIsNotSeededTwice() {
        Budget budget = budget(1_000);
        empty();
        long epoch = raise();
        finish(epoch, new Rebuilds.Report(window(budget), Money.ofNanos(120), Money.ofNanos(100)));

        get(on.counters.seed(on.workspace, window(budget), Money.ofNanos(100)));
        assertThat(on.level(budget)).isEqualTo(level(120, 0));
        get(on.counters.seed(on.workspace, window(budget), Money.ofNanos(103)));
        assertThat(on.level(budget)).isEqualTo(level(123, 0));
    }

    @Test
    void whatACounterKnewBoundsNoMoreThanCorrectionsLeftOfIt() {
        Budget corrected = budget(1_000);
        Budget other = budget(1_000);
        charge(corrected, 100);
        charge(other, 100);

        long epoch = get(on.counters.rebuilds().begin(on.workspace)).number();
        finish(
                epoch,
                new Rebuilds.Report(window(corrected), Money.ofNanos(70), Money.ZERO, Money.ofNanos(30)),
                report(other, 70));

        assertThat(on.level(corrected)).isEqualTo(level(70, 0));
        assertThat(on.level(other)).isEqualTo(level(100, 0));
    }

    @Test
    void amountsThatLuaCannotPrintAreReportedWhole() {
        Budget budget = budget(Money.MAX_COUNTED_NANOS);
        empty();
        long epoch = raise();
        get(on.counters
                .rebuilds()
                .report(on.workspace, epoch, "a", List.of(report(budget, Money.MAX_COUNTED_NANOS - 7))));
        finish(epoch, report(budget, 7));

        assertThat(on.level(budget)).isEqualTo(level(Money.MAX_COUNTED_NANOS, 0));
    }

    @Test
    void manyWindowsAndManyRequestsAreReportedInParts() {
        List<Budget> budgets = new ArrayList<>();
        List<Rebuilds.Report> reports = new ArrayList<>();
        List<Rebuilds.UnderWay> requests = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Budget budget = budget(1_000);
            budgets.add(budget);
            reports.add(report(budget, i));
            requests.add(underWay(request(), budget, 1_000 - i));
        }
        empty();
        long epoch = raise();

        get(on.counters.rebuilds().report(on.workspace, epoch, "a", reports));
        get(on.counters.rebuilds().rehold(on.workspace, epoch, requests));
        finish(epoch);

        for (int i = 0; i < 100; i++) {
            assertThat(on.level(budgets.get(i))).isEqualTo(level(i, 1_000 - i));
        }
    }

    @Test
    void tellsTheFleetWhatIsToBeRebuilt() {
        UUID proxy = UUID.randomUUID();
        Rebuilds rebuilds = on.counters.rebuilds();
        get(rebuilds.say(on.workspace, true));

        get(on.counters.heartbeat(proxy, Duration.ofSeconds(5)));

        assertThat(rebuilds.cold()).contains(on.workspace);
        assertThat(get(rebuilds.fleet()).proxies()).contains(proxy.toString());
        assertThat(get(rebuilds.fleet()).cold()).contains(on.workspace);
        get(rebuilds.say(on.workspace, false));
        get(on.counters.heartbeat(proxy, Duration.ZERO));
        assertThat(get(rebuilds.fleet()).cold()).doesNotContain(on.workspace);
        assertThat(get(rebuilds.fleet()).proxies()).doesNotContain(proxy.toString());
    }

    /** Whatever is lost whenever: what was charged and held before counts afterwards, whoever reports it. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void nothingIsForgottenOverManyLosses(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Budget budget = budget(Money.MAX_COUNTED_NANOS);
        List<Rebuilds.UnderWay> open = new ArrayList<>();
        long[] charged = new long[3];
        long held = 0;
        for (int step = 0; step < 120; step++) {
            switch (random.nextInt(8)) {
                case 0 -> {
                    if (random.nextBoolean()) {
                        empty();
                    } else {
                        runAs("0123456789abcdef");
                    }
                    long epoch = raise();
                    for (int proxy = 1; proxy < charged.length; proxy++) {
                        String reporter = "proxy" + proxy;
                        get(on.counters
                                .rebuilds()
                                .report(on.workspace, epoch, reporter, List.of(report(budget, charged[proxy]))));
                    }
                    get(on.counters.rebuilds().rehold(on.workspace, epoch, open));
                    finish(epoch, report(budget, charged[0]));
                }
                case 1, 2, 3 -> {
                    RequestId request = request();
                    long hold = random.nextLong(1_000_000);
                    on.admit(request, on.claim(budget, hold));
                    open.add(underWay(request, budget, hold));
                    held += hold;
                }
                default -> {
                    if (!open.isEmpty()) {
                        Rebuilds.UnderWay done = open.remove(random.nextInt(open.size()));
                        long cost = random.nextLong(1_000_000);
                        assertThat(on.settle(done.request(), budget, cost).first())
                                .isTrue();
                        charged[random.nextInt(charged.length)] += cost;
                        held -= done.budgets().getFirst().hold().nanos();
                    }
                }
            }
            assertThat(on.level(budget))
                    .as("seed %s, step %s", seed, step)
                    .isEqualTo(level(charged[0] + charged[1] + charged[2], held));
        }
    }

    private void empty() {
        on.pass(Duration.ofMillis(1));
        on.redis.getKeys().delete(on.keys().toArray(String[]::new));
    }

    /** As if the server had been started anew with what it had saved. */
    private void runAs(String run) {
        on.redis.<String, String>getMap(new Keys(on.workspace).epoch()).fastPut("run", run);
    }

    private long raise() {
        Epoch epoch = get(on.counters.rebuilds().raise(on.workspace));
        assertThat(epoch.state()).isEqualTo(Epoch.State.REBUILDING);
        return epoch.number();
    }

    private void finish(long epoch, Rebuilds.Report... ledger) {
        Rebuilds rebuilds = on.counters.rebuilds();
        assertThat(get(rebuilds.reported(on.workspace, epoch, UUID.randomUUID(), List.of())))
                .isTrue();
        assertThat(get(rebuilds.close(on.workspace, epoch))).isTrue();
        assertThat(get(rebuilds.reportLedger(on.workspace, epoch, List.of(ledger))))
                .isTrue();
        assertThat(get(rebuilds.trust(on.workspace, epoch))).isTrue();
    }

    private Rebuilds.Progress progress() {
        return get(on.counters.rebuilds().progress(on.workspace));
    }

    private void charge(Budget budget, long nanos) {
        get(on.counters.charge(on.workspace, window(budget), Money.ofNanos(nanos), UUID.randomUUID()));
    }

    private long chargeIn(Budget budget, long nanos, long epoch) {
        return get(on.counters.charge(on.workspace, window(budget), Money.ofNanos(nanos), UUID.randomUUID(), epoch));
    }

    private BudgetWindowRef window(Budget budget) {
        return new BudgetWindowRef(budget.id(), on.window(budget));
    }

    private Rebuilds.Report report(Budget budget, long nanos) {
        return new Rebuilds.Report(window(budget), Money.ofNanos(nanos), Money.ZERO);
    }

    private Rebuilds.UnderWay underWay(RequestId request, Budget budget, long hold) {
        return new Rebuilds.UnderWay(request, on.nowMillis.get(), List.of(on.claim(budget, hold)));
    }
}
