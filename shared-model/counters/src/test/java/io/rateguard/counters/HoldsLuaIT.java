package io.rateguard.counters;

import static io.rateguard.counters.CountersOnRedis.HOLD_LIFE_MILLIS;
import static io.rateguard.counters.CountersOnRedis.START_MILLIS;
import static io.rateguard.counters.CountersOnRedis.budget;
import static io.rateguard.counters.CountersOnRedis.get;
import static io.rateguard.counters.CountersOnRedis.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.limit.LimitMode;
import io.rateguard.domain.limit.LimitRule;
import io.rateguard.domain.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HoldsLuaIT {

    private static final ApiKeyId KEY = new ApiKeyId(UUID.randomUUID());

    private final CountersOnRedis on = new CountersOnRedis();
    private final Budget budget = budget(1_000);

    @AfterEach
    void disconnect() {
        on.close();
    }

    @Test
    void saysWhatIsHeldForWhichRequestsAndWhoseTheyAre() {
        RequestId early = admit(KEY, 300);
        on.pass(Duration.ofSeconds(10));
        RequestId late = admit(null, 200);

        Hold.Several held = holds(10);

        assertThat(held.isWhole()).isTrue();
        assertThat(held.holds())
                .containsExactly(
                        new Hold(early, KEY, Money.ofNanos(300), at(0), at(HOLD_LIFE_MILLIS)),
                        new Hold(late, null, Money.ofNanos(200), at(10_000), at(10_000 + HOLD_LIFE_MILLIS)));
    }

    @Test
    void leavesOutWhatIsSettledReleasedOrLapsed() {
        RequestId settled = admit(KEY, 100);
        RequestId lapsed = admit(KEY, 100);
        on.pass(Duration.ofSeconds(30));
        RequestId released = admit(KEY, 100);
        RequestId held = admit(KEY, 100);
        on.settle(settled, budget, 7);
        on.release(new Claim(on.workspace, released, List.of(), List.of(on.claim(budget, 100))));
        on.pass(Duration.ofSeconds(31));

        assertThat(holds(10).holds()).extracting(Hold::request).containsExactly(held);
        assertThat(on.level(budget)).as("the lapsed one is a charge").isEqualTo(CountersOnRedis.level(107, 100));
        assertThat(holds(10).holds())
                .extracting(Hold::request)
                .containsExactly(held)
                .doesNotContain(lapsed);
    }

    @Test
    void readsNoMoreThanItIsAskedForAndSaysSo() {
        RequestId first = admit(KEY, 1);
        on.pass(Duration.ofMillis(1));
        RequestId second = admit(KEY, 1);
        on.pass(Duration.ofMillis(1));
        admit(KEY, 1);

        Hold.Several some = holds(2);

        assertThat(some.isWhole()).isFalse();
        assertThat(some.holds()).extracting(Hold::request).containsExactly(first, second);
        assertThat(holds(3).isWhole()).isTrue();
    }

    @Test
    void knowsARequestWhoseOwnKeyIsGone() {
        RequestId request = admit(KEY, 5);
        on.expireRequest(request);

        assertThat(holds(10).holds())
                .containsExactly(new Hold(request, null, Money.ofNanos(5), null, at(HOLD_LIFE_MILLIS)));
    }

    @Test
    void nothingIsHeldInAWindowThatNobodyAskedFor() {
        assertThat(holds(10)).isEqualTo(new Hold.Several(List.of(), true));
    }

    @Test
    void aRepeatStillKnowsWhatAShadowWouldHaveRefused() {
        LimitRule never = CountersOnRedis.perMinute(0);
        LimitRule shadow = new LimitRule(
                never.id(),
                "shadow",
                never.match(),
                never.per(),
                never.limit(),
                never.weights(),
                LimitMode.SHADOW,
                never.onStoreFailure());
        Claim claim =
                new Claim(on.workspace, request(), KEY, List.of(on.claim(shadow, 1)), List.of(on.claim(budget, 5)));

        Admission.Admitted first = (Admission.Admitted) get(on.counters.admit(claim));
        Admission.Admitted again = (Admission.Admitted) get(on.counters.admit(claim));

        assertThat(first.shadowed()).hasSize(1);
        assertThat(again.shadowed()).isEqualTo(first.shadowed());
    }

    private RequestId admit(ApiKeyId key, long nanos) {
        RequestId request = request();
        assertThat(get(on.counters.admit(claim(request, key, nanos)))).isInstanceOf(Admission.Admitted.class);
        return request;
    }

    private Claim claim(RequestId request, ApiKeyId key, long nanos) {
        return new Claim(on.workspace, request, key, List.of(), List.of(on.claim(budget, nanos)));
    }

    private Hold.Several holds(int most) {
        return get(on.counters.holds(on.workspace, new BudgetWindowRef(budget.id(), on.window(budget)), most));
    }

    private static Instant at(long millis) {
        return Instant.ofEpochMilli(START_MILLIS + millis);
    }
}
