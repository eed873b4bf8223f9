package io.rateguard.counters;

import static io.rateguard.counters.CountersOnRedis.HOLD_LIFE_MILLIS;
import static io.rateguard.counters.CountersOnRedis.budget;
import static io.rateguard.counters.CountersOnRedis.get;
import static io.rateguard.counters.CountersOnRedis.level;
import static io.rateguard.counters.CountersOnRedis.limit;
import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.limit.LimitRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConcurrentClaimsIT {

    private static final int THREADS = 8;
    private static final int REQUESTS_PER_THREAD = 150;

    /** So wide apart that nothing is regained while a test moves the clock by minutes. */
    private static final Duration SLOWLY = Duration.ofDays(300);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whateverHappensAtOnceTheSumsAreExactAndNeverOverTheLimit(long seed) throws Exception {
        try (CountersOnRedis on = new CountersOnRedis();
                ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            Scene scene = new Scene(on, List.of(budget(200_000), budget(300_000)), limit(2_000_000, 1, SLOWLY));
            List<Future<Tally>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                Random random = new Random(31 * seed + i);
                running.add(threads.submit(() -> scene.play(random)));
            }
            Tally sum = Tally.NOTHING;
            for (Future<Tally> each : running) {
                sum = sum.plus(each.get(60, TimeUnit.SECONDS));
            }
            on.pass(Duration.ofMillis(HOLD_LIFE_MILLIS));

            assertThat(on.level(scene.budgets.get(0))).isEqualTo(level(sum.first, 0));
            assertThat(on.level(scene.budgets.get(1))).isEqualTo(level(sum.second, 0));
            assertThat(on.remaining(scene.limit)).isEqualTo(2_000_000 - sum.tokens);
            assertThat(sum.refused).isPositive();
        }
    }

    /** What must have been charged to each budget and taken of the limit. */
    private record Tally(long first, long second, long tokens, long refused) {

        static final Tally NOTHING = new Tally(0, 0, 0, 0);
        static final Tally REFUSED = new Tally(0, 0, 0, 1);

        Tally plus(Tally other) {
            return new Tally(
                    first + other.first, second + other.second, tokens + other.tokens, refused + other.refused);
        }
    }

    private record Scene(CountersOnRedis on, List<Budget> budgets, LimitRule limit) {

        Tally play(Random random) {
            Tally sum = Tally.NOTHING;
            for (int i = 0; i < REQUESTS_PER_THREAD; i++) {
                sum = sum.plus(request(random));
                if (random.nextInt(10) == 0) {
                    on.pass(Duration.ofMillis(random.nextLong(20_000)));
                }
                if (random.nextInt(100) == 0) {
                    on.redis.getScript().scriptFlush();
                }
            }
            return sum;
        }

        private Tally request(Random random) {
            RequestId request = CountersOnRedis.request();
            boolean both = random.nextBoolean();
            long hold = random.nextLong(1, 1_000);
            long tokens = random.nextLong(1, 5_000);
            List<BudgetClaim> claims = both
                    ? List.of(on.claim(budgets.get(0), hold), on.claim(budgets.get(1), hold))
                    : List.of(on.claim(budgets.get(0), hold));
            Claim claim = new Claim(on.workspace, request, List.of(on.claim(limit, tokens)), claims);

            if (random.nextInt(20) == 0) {
                on.release(claim);
                assertThat(get(on.counters.admit(claim))).isEqualTo(new Admission.AlreadyReleased());
                return Tally.NOTHING;
            }
            if (!isAdmitted(get(on.counters.admit(claim)), claims)) {
                return Tally.REFUSED;
            }
            if (random.nextInt(10) == 0) {
                assertThat(get(on.counters.admit(claim))).isInstanceOf(Admission.Admitted.class);
            }
            return switch (random.nextInt(6)) {
                case 0 -> {
                    on.release(claim);
                    yield Tally.NOTHING;
                }
                case 1 -> tally(both, hold, tokens);
                case 2 -> {
                    on.pass(Duration.ofMillis(HOLD_LIFE_MILLIS));
                    budgets.forEach(on::level);
                    yield settled(random, claim, both, hold, tokens);
                }
                default -> settled(random, claim, both, hold, tokens);
            };
        }

        private boolean isAdmitted(Admission admission, List<BudgetClaim> claims) {
            if (!(admission instanceof Admission.Admitted admitted)) {
                assertThat(admission).isInstanceOf(Admission.BudgetExhausted.class);
                return false;
            }
            for (int i = 0; i < claims.size(); i++) {
                BudgetLevel level = admitted.budgets().get(i);
                assertThat(level.spent().plus(level.held()))
                        .isLessThanOrEqualTo(claims.get(i).budget().amount());
            }
            assertThat(admitted.limits().getFirst().remaining()).isNotNegative();
            return true;
        }

        private Tally settled(Random random, Claim claim, boolean both, long hold, long tokens) {
            long charged = random.nextLong(hold + 1);
            long used = random.nextLong(tokens + 1);
            List<BudgetSettlement> charges = both
                    ? List.of(on.charge(budgets.get(0), charged), on.charge(budgets.get(1), charged))
                    : List.of(on.charge(budgets.get(0), charged));
            Settlement settlement = new Settlement(
                    on.workspace, claim.request(), on.nowMillis.get(), List.of(on.used(limit, tokens, used)), charges);
            assertThat(get(on.counters.settle(settlement)).first()).isTrue();
            if (random.nextInt(5) == 0) {
                assertThat(get(on.counters.settle(settlement)).first()).isFalse();
            }
            if (random.nextInt(10) == 0) {
                on.release(claim);
            }
            return tally(both, charged, used);
        }

        private static Tally tally(boolean both, long charged, long tokens) {
            return new Tally(charged, both ? charged : 0, tokens, 0);
        }
    }
}
