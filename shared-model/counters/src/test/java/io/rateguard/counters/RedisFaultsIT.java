package io.rateguard.counters;

import static io.rateguard.counters.CountersOnRedis.budget;
import static io.rateguard.counters.CountersOnRedis.get;
import static io.rateguard.counters.CountersOnRedis.level;
import static io.rateguard.counters.CountersOnRedis.perMinute;
import static io.rateguard.counters.CountersOnRedis.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.budget.BudgetPeriod;
import io.rateguard.domain.budget.BudgetWindow;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.limit.LimitRule;
import io.rateguard.domain.money.Money;
import io.rateguard.embedded.EmbeddedRedis;
import io.rateguard.embedded.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.redisson.api.RedissonClient;
import org.redisson.api.redisnode.RedisNodes;

class RedisFaultsIT {

    /** Wide enough for a busy machine; what is paused does not answer within any. */
    private static final Duration DEADLINE = Duration.ofMillis(1_500);

    private final WorkspaceId workspace = new WorkspaceId(UUID.randomUUID());
    private final Budget budget = budget(1_000, true, BudgetPeriod.TOTAL);
    private final LimitRule limit = perMinute(1_000);

    @TempDir
    private Path dir;

    private EmbeddedRedis redis;

    @BeforeEach
    void start() {
        redis = EmbeddedRedis.start(Settings.in(dir).withDurable(false));
    }

    @AfterEach
    void stop() {
        redis.close();
    }

    @Test
    void aPausedServerIsUnavailableAndAReleaseAfterwardsLeavesNothingTaken() {
        try (Counters counters = connect()) {
            initialise(counters);
            RequestId request = request();

            redis.pause();
            assertThatThrownBy(() -> get(counters.admit(claim(request)))).isInstanceOf(CountersUnavailable.class);
            assertThatThrownBy(() -> get(counters.release(claim(request)))).isInstanceOf(CountersUnavailable.class);
            redis.resume();
            untilAnswering(counters);
            get(counters.release(claim(request)));

            assertThat(levels(counters)).containsExactly(level(0, 0));
            assertThat(get(counters.admit(claim(request)))).isEqualTo(new Admission.AlreadyReleased());
        }
    }

    @Test
    void moreAdmissionsThanPlacesAllEndWhileTheServerIsPaused() {
        try (Counters counters = connect()) {
            initialise(counters);
            redis.pause();
            List<CompletionStage<Admission>> admissions = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                admissions.add(counters.admit(claim(request())));
            }

            for (CompletionStage<Admission> admission : admissions) {
                assertThatThrownBy(() -> get(admission))
                        .isInstanceOfAny(CountersUnavailable.class, CountersOverloaded.class);
            }
            redis.resume();
            untilAnswering(counters);
            assertThat(get(counters.admit(claim(request())))).isInstanceOf(Admission.class);
        }
    }

    @Test
    void aRenewalThatThePauseOfTheServerFailedIsMadeUpForByTheNext() {
        try (Counters counters = connect()) {
            initialise(counters);
            Claim claim = claim(request());
            get(counters.admit(claim));
            List<BudgetLevel> held = levels(counters);

            redis.pause();
            assertThatThrownBy(() -> get(counters.renew(List.of(claim)))).isInstanceOf(CountersUnavailable.class);
            redis.resume();
            untilAnswering(counters);

            assertThat(get(counters.renew(List.of(claim)))).isEqualTo(1);
            assertThat(levels(counters)).isEqualTo(held).isNotEqualTo(List.of(level(0, 0)));
        }
    }

    @Test
    void aServerThatComesBackIsFoundAgain() {
        try (Counters counters = connect()) {
            initialise(counters);

            redis.kill();
            assertThatThrownBy(() -> get(counters.admit(claim(request())))).isInstanceOf(CountersUnavailable.class);
            redis.start();
            untilAnswering(counters);

            assertThat(get(counters.admit(claim(request())))).isInstanceOf(Admission.Cold.class);
            assertThat(get(counters.admit(claim(request()).withoutBudgets()))).isInstanceOf(Admission.Admitted.class);
        }
    }

    @Test
    void aServerThatIsNotThereYetIsSoughtInTheBackground() {
        redis.stop();
        try (Counters counters = connect()) {
            assertThatThrownBy(() -> get(counters.admit(claim(request())))).isInstanceOf(CountersUnavailable.class);

            redis.start();
            initialise(counters);

            assertThat(get(counters.admit(claim(request())))).isInstanceOf(Admission.Admitted.class);
        }
    }

    @Test
    void aServerThatMayNotWriteIsUnavailable() {
        RedissonClient admin = CountersOnRedis.client(redis.access());
        try (Counters counters = connect()) {
            initialise(counters);
            admin.getRedisNodes(RedisNodes.SINGLE).getInstance().setConfig("maxmemory", "1");

            assertThatThrownBy(() -> get(counters.admit(claim(request())))).isInstanceOf(CountersUnavailable.class);

            admin.getRedisNodes(RedisNodes.SINGLE).getInstance().setConfig("maxmemory", "0");
            assertThat(get(counters.admit(claim(request())))).isInstanceOf(Admission.Admitted.class);
            assertThat(levels(counters)).containsExactly(level(0, 10));
        } finally {
            admin.shutdown();
        }
    }

    @Test
    void aServerThatEvictsIsUsedAllTheSame() {
        RedissonClient admin = CountersOnRedis.client(redis.access());
        admin.getRedisNodes(RedisNodes.SINGLE).getInstance().setConfig("maxmemory-policy", "allkeys-lru");
        admin.shutdown();

        try (Counters counters = connect()) {
            initialise(counters);

            assertThat(get(counters.admit(claim(request())))).isInstanceOf(Admission.Admitted.class);
        }
    }

    private Counters connect() {
        return Counters.connect(new CountersSettings(
                redis.access().url(), DEADLINE, 64, Duration.ofSeconds(1), Duration.ofSeconds(60)));
    }

    private Claim claim(RequestId request) {
        return new Claim(
                workspace,
                request,
                List.of(new LimitClaim(limit, "-", 1)),
                List.of(new BudgetClaim(budget, window(), Money.ofNanos(10))));
    }

    private List<BudgetLevel> levels(Counters counters) {
        return get(counters.budgetLevels(workspace, List.of(new BudgetWindowRef(budget.id(), window()))));
    }

    private BudgetWindow window() {
        return budget.windowAt(Instant.now());
    }

    private void initialise(Counters counters) {
        untilAnswering(counters);
        get(counters.rebuilds().initialise(workspace));
    }

    private static void untilAnswering(Counters counters) {
        Instant end = Instant.now().plusSeconds(30);
        while (Instant.now().isBefore(end)) {
            try {
                get(counters.ping());
                return;
            } catch (CountersUnavailable notYet) {
                LockSupport.parkNanos(20_000_000);
            }
        }
        throw new AssertionError("Redis does not answer again");
    }
}
