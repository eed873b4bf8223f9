package io.rateguard.counters;

import static io.rateguard.counters.CountersOnRedis.budget;
import static io.rateguard.counters.CountersOnRedis.level;
import static io.rateguard.counters.CountersOnRedis.perMinute;
import static io.rateguard.counters.CountersOnRedis.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.budget.Budget;
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
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShadowLuaIT {

    private static CountersOnRedis on;

    @BeforeAll
    static void connect() {
        on = new CountersOnRedis();
    }

    @AfterAll
    static void disconnect() {
        on.close();
    }

    static Stream<Limit> limitsOfOne() {
        Duration minute = Duration.ofMinutes(1);
        return Stream.of(
                new TokenBucket(LimitUnit.REQUESTS, 1, 1, minute),
                new SlidingWindow(LimitUnit.REQUESTS, 1, minute),
                new SlidingWindow(LimitUnit.TOKENS, 1, minute),
                new Concurrency(1));
    }

    @ParameterizedTest
    @MethodSource("limitsOfOne")
    void tellsWhatItWouldHaveRefusedAndWhenItWouldPass(Limit one) {
        LimitRule shadow = shadow(one);
        LimitRule enforced = new LimitRule(new LimitId(UUID.randomUUID()), "same", LimitMatch.ALL, List.of(), one);
        on.admit(request(), on.claim(shadow, 1));
        on.admit(request(), on.claim(enforced, 1));

        Admission.Admitted passed = (Admission.Admitted) on.admit(request(), on.claim(shadow, 1));

        Admission.LimitReached refused = (Admission.LimitReached) on.admit(request(), on.claim(enforced, 1));
        assertThat(passed.shadowed())
                .containsExactly(new Admission.Shadowed(on.claim(shadow, 1), refused.retryAfterMillis()));
        assertThat(passed.limits()).isEqualTo(refused.limits());
    }

    @ParameterizedTest
    @MethodSource("limitsOfOne")
    void takesNothingForWhatItWouldHaveRefusedAndGivesNothingBack(Limit one) {
        LimitRule shadow = shadow(one);
        on.admit(request(), on.claim(shadow, 1));
        RequestId beyond = request();
        on.admit(beyond, on.claim(shadow, 1));
        assertThat(on.remaining(shadow)).isZero();

        on.release(beyond);

        assertThat(on.remaining(shadow)).isZero();
    }

    @Test
    void aRepeatIsToldTheSame() {
        LimitRule shadow = shadow(new Concurrency(0));
        RequestId request = request();

        Admission first = on.admit(request, on.claim(shadow, 1));

        assertThat(((Admission.Admitted) first).shadowed())
                .containsExactly(new Admission.Shadowed(on.claim(shadow, 1), Long.MAX_VALUE));
        assertThat(on.admit(request, on.claim(shadow, 1))).isEqualTo(first);
    }

    @Test
    void whatElseARequestNeedsIsTakenAndStillRefuses() {
        LimitRule shadow = shadow(new Concurrency(0));
        LimitRule enforced = perMinute(10);
        Budget budget = budget(100);

        Admission passed =
                on.admit(request(), List.of(on.claim(shadow, 1), on.claim(enforced, 4)), List.of(on.claim(budget, 60)));
        Admission refused =
                on.admit(request(), List.of(on.claim(shadow, 1), on.claim(enforced, 4)), List.of(on.claim(budget, 60)));

        assertThat(passed).isInstanceOf(Admission.Admitted.class);
        assertThat(refused).isInstanceOf(Admission.BudgetExhausted.class);
        assertThat(on.remaining(enforced)).isEqualTo(6);
        assertThat(on.level(budget)).isEqualTo(level(0, 60));
    }

    private static LimitRule shadow(Limit limit) {
        return new LimitRule(
                new LimitId(UUID.randomUUID()),
                "shadow",
                LimitMatch.ALL,
                List.of(),
                limit,
                TokenWeights.EVEN,
                LimitMode.SHADOW,
                OnStoreFailure.LOCAL);
    }
}
