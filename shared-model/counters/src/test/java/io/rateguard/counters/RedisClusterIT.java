package io.rateguard.counters;

import static io.rateguard.counters.CountersOnRedis.budget;
import static io.rateguard.counters.CountersOnRedis.level;
import static io.rateguard.counters.CountersOnRedis.limit;
import static io.rateguard.counters.CountersOnRedis.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.limit.Concurrency;
import io.rateguard.domain.limit.LimitRule;
import io.rateguard.domain.limit.SlidingWindow;
import io.rateguard.domain.limit.TokenBucket;
import io.rateguard.embedded.EmbeddedRedisCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds on one Redis holds on a cluster of them, also while a workspace's slot moves from one to another. */
class RedisClusterIT {

    private static final int CALLERS = 24;
    private static final int MOVES = 4;
    private static final long LIMIT = 4_000;
    private static final long HOLD = 100;
    private static final long COST = 70;

    @TempDir
    private static Path dir;

    private static EmbeddedRedisCluster cluster;
    private static CountersOnRedis on;

    @BeforeAll
    static void start() {
        cluster = EmbeddedRedisCluster.start(dir, "of-this-cluster");
        on = CountersOnRedis.onCluster(cluster.url());
    }

    @AfterAll
    static void stop() {
        on.close();
        cluster.close();
    }

    @Test
    void nothingIsTakenTwiceAndNothingLostWhileTheSlotMoves() throws Exception {
        LimitRule rule = limit(LIMIT, 1, Duration.ofDays(30));
        Budget budget = budget(LIMIT * HOLD);
        AtomicInteger running = new AtomicInteger(CALLERS);
        AtomicInteger moves = new AtomicInteger();
        List<Future<Integer>> callers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(CALLERS)) {
            for (int i = 0; i < CALLERS; i++) {
                callers.add(threads.submit(() -> {
                    try {
                        return calls(rule, budget, moves);
                    } finally {
                        running.decrementAndGet();
                    }
                }));
            }
            while (running.get() > 0) {
                cluster.moveSlotOf("{" + on.workspace + "}");
                moves.incrementAndGet();
            }
        }
        int admitted = 0;
        for (Future<Integer> caller : callers) {
            admitted += caller.get();
        }

        assertThat(moves.get()).isGreaterThanOrEqualTo(MOVES);
        assertThat(admitted).isEqualTo((int) LIMIT);
        assertThat(on.level(budget)).isEqualTo(level(LIMIT * COST, 0));
    }

    private static int calls(LimitRule rule, Budget budget, AtomicInteger moves) {
        int admitted = 0;
        boolean full = false;
        while (!full || moves.get() < MOVES) {
            RequestId request = request();
            Admission admission =
                    answered(() -> on.admit(request, List.of(on.claim(rule, 1)), List.of(on.claim(budget, HOLD))));
            if (admission instanceof Admission.Admitted) {
                admitted++;
                answered(() -> on.settle(request, budget, COST));
            }
            full |= admission instanceof Admission.LimitReached;
        }
        return admitted;
    }

    /** Whatever is asked again under the same id is counted once. */
    private static <T> T answered(Supplier<T> call) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (true) {
            try {
                return call.get();
            } catch (CountersUnavailable moving) {
                assertThat(System.nanoTime()).as(moving.getMessage()).isLessThan(end);
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    @Nested
    class TokenBuckets extends TokenBucketKit {
        @Override
        Subject start(TokenBucket limit) {
            return new ScriptedLimit(on, limit);
        }
    }

    @Nested
    class SlidingWindows extends SlidingWindowKit {
        @Override
        Subject start(SlidingWindow limit) {
            return new ScriptedLimit(on, limit);
        }
    }

    @Nested
    class SlidingLogs extends SlidingLogKit {
        @Override
        Subject start(SlidingWindow limit) {
            return new ScriptedLimit(on, limit);
        }
    }

    @Nested
    class Leases extends ConcurrencyKit {
        @Override
        Subject start(Concurrency limit) {
            return new ScriptedLimit(on, limit);
        }
    }
}
