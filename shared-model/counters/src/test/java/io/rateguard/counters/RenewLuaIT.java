package io.rateguard.counters;

import static io.rateguard.counters.CountersOnRedis.budget;
import static io.rateguard.counters.CountersOnRedis.get;
import static io.rateguard.counters.CountersOnRedis.level;
import static io.rateguard.counters.CountersOnRedis.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.id.LimitId;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.limit.Concurrency;
import io.rateguard.domain.limit.LimitMatch;
import io.rateguard.domain.limit.LimitRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RenewLuaIT {

    private static final Duration MOST_OF_A_LIFE = Duration.ofMillis(CountersOnRedis.HOLD_LIFE_MILLIS - 1);

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
    void aHoldThatIsRenewedLivesOn() {
        Budget budget = budget(100);
        Claim claim = admitted(List.of(), List.of(on.claim(budget, 30)));

        for (int i = 0; i < 5; i++) {
            on.pass(MOST_OF_A_LIFE);
            assertThat(get(on.counters.renew(List.of(claim)))).isEqualTo(1);
        }

        assertThat(on.level(budget)).isEqualTo(level(0, 30));
        on.settle(claim.request(), budget, 7);
        assertThat(on.level(budget)).isEqualTo(level(7, 0));
    }

    @Test
    void aLeaseThatIsRenewedIsNotGivenToAnother() {
        LimitRule one = atOnce(1);
        Claim claim = admitted(List.of(on.claim(one, 1)), List.of());
        on.pass(MOST_OF_A_LIFE);
        get(on.counters.renew(List.of(claim)));
        on.pass(MOST_OF_A_LIFE);

        assertThat(on.admit(request(), on.claim(one, 1))).isInstanceOf(Admission.LimitReached.class);
        on.settle(claim.request(), on.used(one, 1, 1));
        assertThat(on.admit(request(), on.claim(one, 1))).isInstanceOf(Admission.Admitted.class);
    }

    @Test
    void aLeaseThatRanOutIsGivenToAnother() {
        LimitRule one = atOnce(1);
        admitted(List.of(on.claim(one, 1)), List.of());

        on.pass(MOST_OF_A_LIFE.plusMillis(1));

        assertThat(on.admit(request(), on.claim(one, 1))).isInstanceOf(Admission.Admitted.class);
    }

    @Test
    void whatHasLapsedStaysACharge() {
        Budget budget = budget(100);
        Claim claim = admitted(List.of(), List.of(on.claim(budget, 30)));
        on.pass(MOST_OF_A_LIFE.plusMillis(1));
        assertThat(on.level(budget)).isEqualTo(level(30, 0));
        on.expireRequest(claim.request());

        assertThat(get(on.counters.renew(List.of(claim)))).isZero();

        assertThat(on.level(budget)).isEqualTo(level(30, 0));
    }

    @Test
    void whatWasSettledOrReleasedIsNotRevived() {
        Budget budget = budget(100);
        LimitRule two = atOnce(2);
        Claim settled = admitted(List.of(on.claim(two, 1)), List.of(on.claim(budget, 30)));
        Claim released = admitted(List.of(on.claim(two, 1)), List.of(on.claim(budget, 30)));
        get(on.counters.settle(new Settlement(
                on.workspace,
                settled.request(),
                on.nowMillis.get(),
                List.of(on.used(two, 1, 1)),
                List.of(on.charge(budget, 4)))));
        on.release(released);

        assertThat(get(on.counters.renew(List.of(settled, released)))).isZero();

        assertThat(on.level(budget)).isEqualTo(level(4, 0));
        assertThat(on.remaining(two)).isEqualTo(2);
    }

    @Test
    void anyNumberIsRenewedAtOnce() {
        Budget budget = budget(1_000);
        List<Claim> claims = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            claims.add(admitted(List.of(on.claim(atOnce(3), 1)), List.of(on.claim(budget, 2))));
        }
        on.pass(MOST_OF_A_LIFE);

        assertThat(get(on.counters.renew(claims))).isEqualTo(50);

        on.pass(MOST_OF_A_LIFE);
        assertThat(on.level(budget)).isEqualTo(level(0, 100));
        assertThat(get(on.counters.renew(List.of()))).isZero();
    }

    private static Claim admitted(List<LimitClaim> limits, List<BudgetClaim> budgets) {
        RequestId request = request();
        Claim claim = new Claim(on.workspace, request, limits, budgets);
        assertThat(get(on.counters.admit(claim))).isInstanceOf(Admission.Admitted.class);
        return claim;
    }

    private static LimitRule atOnce(long max) {
        return new LimitRule(
                new LimitId(UUID.randomUUID()), "at once", LimitMatch.ALL, List.of(), new Concurrency(max));
    }
}
