package io.rateguard.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.counters.CountersSettings;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.money.Money;
import io.rateguard.embedded.EmbeddedRedis;
import io.rateguard.embedded.Settings;
import io.rateguard.proxy.testbed.BudgetView;
import io.rateguard.proxy.testbed.Rebuilding;
import io.rateguard.proxy.testbed.TestBed;
import io.rateguard.proxy.testbed.TestDatabase.TestKey;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;

/** What budgets let pass while they are being counted anew, and that afterwards nothing is missing or counted twice. */
class ColdCountersIT {

    private static final String PER_HOUR =
            "{\"algorithm\":\"token-bucket\",\"unit\":\"requests\",\"capacity\":%d,\"refill\":1,\"periodSeconds\":3600}";
    private static final long NANOS_PER_CENT = 10_000_000;
    private static final long PLENTY = 1_000_000_000_000L;

    @TempDir
    private static Path dir;

    private static EmbeddedRedis redis;
    private static TestBed bed;
    private static Rebuilding rebuilding;
    private static int workspaces;

    private WorkspaceId workspace;
    private TestKey key;

    /** How a server loses what it counted. */
    enum Loss {
        /** Emptied while it runs. */
        FLUSHED {
            @Override
            void happens() {
                emptied();
            }
        },
        /** Started again with nothing. */
        RESTARTED_EMPTY {
            @Override
            void happens() {
                emptied();
                redis.kill();
                redis.start();
            }
        },
        /** Started again with what it had saved. */
        RESTARTED {
            @Override
            void happens() {
                redis.kill();
                redis.start();
            }
        };

        abstract void happens();
    }

    @BeforeAll
    static void start() {
        redis = EmbeddedRedis.start(Settings.in(dir).withDurable(false));
        bed = TestBed.start(
                UnaryOperator.identity(),
                new CountersSettings(
                        redis.access().url(),
                        Duration.ofMillis(500),
                        64,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(60)));
        rebuilding = new Rebuilding(redis.access().url(), 1);
    }

    @AfterAll
    static void stop() {
        rebuilding.close();
        bed.close();
        redis.close();
    }

    @BeforeEach
    void workspace() {
        workspace = bed.newWorkspace("cold-" + ++workspaces);
        bed.database().api(workspace, "demo", "demo", bed.provider().url(), "bearer", TestBed.UPSTREAM_SECRET);
        key = bed.database().key(workspace, "k");
    }

    @Test
    void aStrictBudgetLetsNothingPassUntilItIsCountedAnew() {
        BudgetId budget = bed.database().budget(workspace, "hard", PLENTY, "strict");
        long spent = cost(chat());
        until("it is settled", () -> view(budget).now().spent().nanos() == spent);

        emptied();
        HttpResponse<String> refused = chat();

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("counters_unavailable", "is being counted anew", "\\\"hard\\\"");
        assertThat(refused.headers().firstValue("Retry-After")).contains("1");
        assertThat(refused.headers().firstValue("X-RateGuard-Degraded")).isPresent();
        rebuilt();
        long more = cost(chat());
        assertThat(view(budget).onceNothingIsHeld()).isEqualTo(Money.ofNanos(spent + more));
    }

    @Test
    void anElasticBudgetLetsPassAndIsChargedOnceItIsCountedAnew() {
        BudgetId budget = bed.database().budget(workspace, "soft", PLENTY, "elastic");
        bed.database().limit(workspace, "hour", "{}", "[]", PER_HOUR.formatted(10));
        long spent = cost(chat());
        until("it is settled", () -> view(budget).now().spent().nanos() == spent);

        emptied();
        HttpResponse<String> first = chat();
        HttpResponse<String> second = chat();

        assertThat(List.of(first, second)).allSatisfy(reply -> {
            assertThat(reply.statusCode()).isEqualTo(200);
            assertThat(reply.headers().firstValue("X-RateGuard-Degraded")).isPresent();
            assertThat(reply.headers().firstValue("X-RateGuard-Budget-Remaining-Cents"))
                    .isEmpty();
        });
        // The limit is counted all the same, from full.
        assertThat(second.headers().firstValue("X-RateLimit-Remaining")).contains("8");
        assertThat(bed.events().of(id(second)).verdict().degraded()).isTrue();
        rebuilt();
        until("it is charged", () -> view(budget).now().spent().nanos() == spent + cost(first) + cost(second));
        assertThat(chat().headers().firstValue("X-RateGuard-Degraded")).isEmpty();
    }

    @Test
    void aRequestUnderWayIsChargedWhatItCostNotWhatItHeld() throws Exception {
        BudgetId budget = bed.database().budget(workspace, "hard", PLENTY, "strict");
        String body = "{\"model\":\"demo-small\",\"stream\":true,\"max_tokens\":400,"
                + "\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<HttpResponse<String>> streaming = threads.submit(() -> bed.send(
                    bed.chat(key, body).header("X-Demo-Chunks", "4").header("X-Demo-Chunk-Delay-Millis", "500")));
            until("it holds", () -> view(budget).now().held().nanos() > 0);
            long held = view(budget).now().held().nanos();

            emptied();
            assertThat(chat().statusCode()).isEqualTo(503);
            until("it is held again", () -> view(budget).now().held().nanos() == held);
            rebuilt();

            String request = id(streaming.get());
            assertThat(view(budget).onceNothingIsHeld().nanos())
                    .isEqualTo(bed.events().of(request).metering().costNanos())
                    .isLessThan(held);
        }
    }

    static Stream<Arguments> losses() {
        return Stream.of(Loss.values())
                .flatMap(loss -> Stream.of("strict", "elastic").map(estimate -> Arguments.of(loss, estimate)));
    }

    /** Callers go on all the while; each loss comes at a moment of its own. */
    @ParameterizedTest
    @MethodSource("losses")
    void whateverIsLostUnderLoadIsCountedOnce(Loss loss, String estimate) throws Exception {
        BudgetId budget = bed.database().budget(workspace, "budget", PLENTY, estimate);
        boolean mayRefuse = estimate.equals("strict");
        AtomicBoolean over = new AtomicBoolean();
        AtomicLong passed = new AtomicLong();
        List<Future<Long>> callers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 16; i++) {
                callers.add(threads.submit(() -> {
                    long sum = 0;
                    while (!over.get()) {
                        HttpResponse<String> reply = chat();
                        assertThat(reply.statusCode()).isIn(200, mayRefuse ? 503 : 200);
                        if (reply.statusCode() == 200) {
                            sum += cost(reply);
                            passed.incrementAndGet();
                        }
                    }
                    return sum;
                }));
            }
            for (int i = 0; i < 3; i++) {
                awaitMore(passed);
                long epoch = rebuilding.epoch(workspace);
                loss.happens();
                until("it is noticed", () -> isLost(epoch));
                rebuilding.untilTrusted(workspace);
            }
            awaitMore(passed);
            over.set(true);
        }
        long sum = 0;
        for (Future<Long> caller : callers) {
            sum += caller.get();
        }

        until("all is settled", ColdCountersIT::isAllCharged);
        assertThat(view(budget).onceNothingIsHeld()).isEqualTo(Money.ofNanos(sum));
    }

    private static void awaitMore(AtomicLong passed) {
        long before = passed.get();
        until("more have passed", () -> passed.get() > before + 40);
    }

    private boolean isLost(long epoch) {
        try {
            return rebuilding.epoch(workspace) != epoch;
        } catch (CompletionException away) {
            return false;
        }
    }

    private void rebuilt() {
        rebuilding.untilTrusted(workspace);
        until("the proxy knows", () -> ManagementPort.of(bed.proxy(), "rateguard_budgets_rebuilding") == 0);
    }

    private static boolean isAllCharged() {
        return ManagementPort.of(bed.proxy(), "rateguard_degraded_uncharged_nanos") == 0
                && ManagementPort.of(bed.proxy(), "rateguard_settlements_open") == 0
                && ManagementPort.of(bed.proxy(), "rateguard_exchanges_open") == 0;
    }

    private static void emptied() {
        Config config = new Config();
        config.setPassword(redis.access().password());
        config.useSingleServer()
                .setAddress(redis.access().address())
                .setConnectionPoolSize(1)
                .setConnectionMinimumIdleSize(1)
                .setSubscriptionConnectionMinimumIdleSize(0);
        RedissonClient client = Redisson.create(config);
        client.getKeys().flushall();
        client.shutdown();
    }

    private BudgetView view(BudgetId budget) {
        return new BudgetView(workspace, budget, redis.access().url());
    }

    private HttpResponse<String> chat() {
        return bed.send(bed.chat(key, TestBed.chatBody("demo-small", 10)));
    }

    private static String id(HttpResponse<String> reply) {
        return reply.headers().firstValue("X-RateGuard-Request-Id").orElseThrow();
    }

    private static long cost(HttpResponse<String> reply) {
        return new BigDecimal(
                        reply.headers().firstValue("X-RateGuard-Cost-Cents").orElseThrow())
                .multiply(BigDecimal.valueOf(NANOS_PER_CENT))
                .longValueExact();
    }

    private static void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            LockSupport.parkNanos(2_000_000);
        }
    }
}
