package io.rateguard.counters;

import static io.rateguard.counters.CountersOnRedis.HOLD_LIFE_MILLIS;
import static io.rateguard.counters.CountersOnRedis.budget;
import static io.rateguard.counters.CountersOnRedis.level;
import static io.rateguard.counters.CountersOnRedis.perMinute;
import static io.rateguard.counters.CountersOnRedis.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.limit.LimitRule;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ReleaseLuaIT {

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
    void givesEverythingBack() {
        LimitRule limit = perMinute(100);
        LimitRule other = perMinute(5);
        Budget budget = budget(100);
        Budget second = budget(100);
        RequestId request = request();
        on.admit(
                request,
                List.of(new LimitClaim(limit, "odd {name}\n", 30), on.claim(other, 9)),
                List.of(on.claim(budget, 30), on.claim(second, 20)));

        on.release(request);

        Admission whole = on.admit(request(), new LimitClaim(limit, "odd {name}\n", 100), on.claim(other, 5));
        assertThat(whole).isInstanceOf(Admission.Admitted.class);
        assertThat(on.level(budget)).isEqualTo(level(0, 0));
        assertThat(on.level(second)).isEqualTo(level(0, 0));
    }

    @Test
    void anAdmissionThatComesAfterItsReleaseTakesNothing() {
        LimitRule limit = perMinute(100);
        Budget budget = budget(100);
        RequestId request = request();

        on.release(request);
        Admission admission = on.admit(request, List.of(on.claim(limit, 30)), List.of(on.claim(budget, 30)));

        assertThat(admission).isEqualTo(new Admission.AlreadyReleased());
        assertThat(on.level(budget)).isEqualTo(level(0, 0));
        assertThat(on.remaining(limit)).isEqualTo(100);
        assertThat(on.redis.getKeys().remainTimeToLive(new Keys(on.workspace).request(request)))
                .isCloseTo(60_000L, within(20_000L));
    }

    @Test
    void releasingTwiceIsReleasingOnce() {
        LimitRule limit = perMinute(100);
        Budget budget = budget(100);
        RequestId request = request();
        on.admit(request(), List.of(on.claim(limit, 50)), List.of(on.claim(budget, 50)));
        on.admit(request, List.of(on.claim(limit, 30)), List.of(on.claim(budget, 30)));

        on.release(request);
        on.release(request);

        assertThat(on.remaining(limit)).isEqualTo(50);
        assertThat(on.level(budget)).isEqualTo(level(0, 50));
        assertThat(on.admit(request, on.claim(limit, 1))).isEqualTo(new Admission.AlreadyReleased());
    }

    @Test
    void aReleaseAfterTheSettlementChangesNothing() {
        LimitRule limit = perMinute(100);
        Budget budget = budget(100);
        RequestId request = request();
        on.admit(request, List.of(on.claim(limit, 30)), List.of(on.claim(budget, 30)));
        on.settle(request, budget, 12);

        on.release(request);

        assertThat(on.remaining(limit)).isEqualTo(70);
        assertThat(on.level(budget)).isEqualTo(level(12, 0));
    }

    @Test
    void aSettlementAfterTheReleaseChangesNothing() {
        Budget budget = budget(100);
        RequestId request = request();
        on.admit(request, on.claim(budget, 30));
        on.release(request);

        Settled settled = on.settle(request, budget, 12);

        assertThat(settled).isEqualTo(on.settled(false, List.of(level(0, 0))));
        assertThat(on.admit(request, on.claim(budget, 30))).isEqualTo(new Admission.AlreadyReleased());
    }

    @Test
    void givesBackEvenWhatHasLapsedMeanwhile() {
        Budget budget = budget(100);
        RequestId request = request();
        on.admit(request, on.claim(budget, 30));
        on.pass(Duration.ofMillis(HOLD_LIFE_MILLIS));
        assertThat(on.level(budget)).isEqualTo(level(30, 0));

        on.release(request);

        assertThat(on.level(budget)).isEqualTo(level(0, 0));
    }

    @Test
    void aRequestThatTookNothingIsReleasedToo() {
        RequestId request = request();
        on.admit(request, List.of(), List.of());

        on.release(request);

        assertThat(on.admit(request, List.of(), List.of())).isEqualTo(new Admission.AlreadyReleased());
    }
}
