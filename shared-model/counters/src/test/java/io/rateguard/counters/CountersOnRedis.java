package io.rateguard.counters;

import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.budget.BudgetPeriod;
import io.rateguard.domain.budget.BudgetScope;
import io.rateguard.domain.budget.BudgetWindow;
import io.rateguard.domain.budget.Ladder;
import io.rateguard.domain.budget.Threshold;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.LimitId;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.limit.LimitMatch;
import io.rateguard.domain.limit.LimitRule;
import io.rateguard.domain.limit.LimitUnit;
import io.rateguard.domain.limit.TokenBucket;
import io.rateguard.domain.money.Money;
import io.rateguard.embedded.RedisAccess;
import io.rateguard.embedded.fixture.Services;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;

/** Counters on a real Redis with a clock moved by hand, in a workspace of their own. */
final class CountersOnRedis implements AutoCloseable {

    /** The start of a month in 2100: Redis expires nothing of ours by its own clock. */
    static final long START_MILLIS = 4_102_444_800_000L;

    /** The epoch that was initialised then. */
    static final long EPOCH = START_MILLIS;

    static final long HOLD_LIFE_MILLIS = 60_000;

    final WorkspaceId workspace = new WorkspaceId(UUID.randomUUID());
    final AtomicLong nowMillis = new AtomicLong(START_MILLIS);
    private final Map<RequestId, Claim> claims = new ConcurrentHashMap<>();
    final Counters counters;
    final RedissonClient redis;

    CountersOnRedis() {
        this(settings(Duration.ofSeconds(5)), client(Services.redis().access()));
    }

    private CountersOnRedis(CountersSettings settings, RedissonClient redis) {
        counters = Counters.connect(settings, () -> Long.toString(nowMillis.get()));
        this.redis = redis;
        get(counters.rebuilds().initialise(workspace));
    }

    static CountersOnRedis onCluster(String url) {
        RedisAddress address = RedisAddress.of(url);
        Config config = new Config();
        config.setCodec(StringCodec.INSTANCE);
        config.setPassword(address.password());
        config.useClusterServers().addNodeAddress(address.servers().toArray(String[]::new));
        return new CountersOnRedis(settings(url, Duration.ofSeconds(5)), Redisson.create(config));
    }

    static CountersSettings settings(Duration deadline) {
        return settings(Services.redis().access().url(), deadline);
    }

    private static CountersSettings settings(String url, Duration deadline) {
        return new CountersSettings(url, deadline, 64, Duration.ofSeconds(30), Duration.ofMillis(HOLD_LIFE_MILLIS));
    }

    static RedissonClient client(RedisAccess access) {
        Config config = new Config();
        config.setCodec(StringCodec.INSTANCE);
        config.setPassword(access.password().isEmpty() ? null : access.password());
        config.useSingleServer()
                .setAddress(access.address())
                .setConnectionPoolSize(1)
                .setConnectionMinimumIdleSize(1)
                .setSubscriptionConnectionMinimumIdleSize(0);
        return Redisson.create(config);
    }

    static <T> T get(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failure);
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    static RequestId request() {
        return RequestId.create(START_MILLIS, RandomGenerator.getDefault());
    }

    static LimitRule limit(long capacity, long refill, Duration period) {
        TokenBucket bucket = new TokenBucket(LimitUnit.TOKENS, capacity, refill, period);
        return new LimitRule(new LimitId(UUID.randomUUID()), "limit", LimitMatch.ALL, List.of(), bucket);
    }

    static LimitRule perMinute(long capacity) {
        return limit(capacity, capacity, Duration.ofMinutes(1));
    }

    static Budget budget(long amountNanos) {
        return budget(amountNanos, true, BudgetPeriod.MONTH);
    }

    static Budget budget(long amountNanos, boolean shutoff, BudgetPeriod period) {
        return new Budget(
                new BudgetId(UUID.randomUUID()),
                "budget",
                BudgetScope.WORKSPACE,
                Money.ofNanos(amountNanos),
                period,
                ZoneOffset.UTC,
                shutoff,
                Budget.Estimate.STRICT);
    }

    BudgetWindow window(Budget budget) {
        return budget.windowAt(java.time.Instant.ofEpochMilli(nowMillis.get()));
    }

    LimitClaim claim(LimitRule rule, long amount) {
        return new LimitClaim(rule, "-", amount);
    }

    BudgetClaim claim(Budget budget, long holdNanos) {
        return new BudgetClaim(budget, window(budget), Money.ofNanos(holdNanos));
    }

    Admission admit(RequestId request, LimitClaim... limits) {
        return admit(request, List.of(limits), List.of());
    }

    Admission admit(RequestId request, BudgetClaim... budgets) {
        return admit(request, List.of(), List.of(budgets));
    }

    Admission admit(RequestId request, List<LimitClaim> limits, List<BudgetClaim> budgets) {
        Claim claim = new Claim(workspace, request, limits, budgets);
        claims.put(request, claim);
        return get(counters.admit(claim));
    }

    Settled settle(RequestId request, LimitSettlement limit) {
        return settle(request, nowMillis.get(), limit);
    }

    Settled settle(RequestId request, long chargedAtMillis, LimitSettlement limit) {
        return get(counters.settle(new Settlement(workspace, request, chargedAtMillis, List.of(limit), List.of())));
    }

    Settled settle(RequestId request, Budget budget, long chargedNanos) {
        return get(counters.settle(
                new Settlement(workspace, request, nowMillis.get(), List.of(), List.of(charge(budget, chargedNanos)))));
    }

    BudgetSettlement charge(Budget budget, long chargedNanos, int... percents) {
        List<Threshold> thresholds = new Ladder(Arrays.stream(percents).boxed().toList()).thresholds(budget.amount());
        return new BudgetSettlement(budget.id(), window(budget), Money.ofNanos(chargedNanos), thresholds);
    }

    /** A settlement that came to no threshold. */
    Settled settled(boolean first, List<BudgetLevel> levels) {
        return new Settled(first, nowMillis.get(), first || levels.isEmpty() ? Epoch.NONE : EPOCH, levels, List.of());
    }

    LimitSettlement used(LimitRule rule, long taken, long actual) {
        return new LimitSettlement(rule, "-", taken, actual);
    }

    /** Of a request that was not admitted, what it will ask for is not known here. */
    void release(RequestId request) {
        release(claims.getOrDefault(request, new Claim(workspace, request, List.of(), List.of())));
    }

    void release(Claim claim) {
        get(counters.release(claim));
    }

    BudgetLevel level(Budget budget) {
        return get(counters.budgetLevels(workspace, List.of(new BudgetWindowRef(budget.id(), window(budget)))))
                .getFirst();
    }

    /** The level of a limit, read by a claim of nothing. */
    long remaining(LimitRule rule) {
        RequestId probe = request();
        Admission admission = admit(probe, claim(rule, 0));
        return switch (admission) {
            case Admission.Admitted admitted -> admitted.limits().getFirst().remaining();
            case Admission.LimitReached reached -> reached.limits().getFirst().remaining();
            default -> throw new IllegalStateException(admission.toString());
        };
    }

    void pass(Duration time) {
        nowMillis.addAndGet(time.toMillis());
    }

    /** What Redis does by itself when the life of the request's own key is over. */
    void expireRequest(RequestId request) {
        redis.getKeys().delete(new Keys(workspace).request(request));
    }

    List<String> keys() {
        return redis.getKeys()
                .getKeysStream(
                        org.redisson.api.options.KeysScanOptions.defaults().pattern("*{" + workspace + "}*"))
                .sorted()
                .toList();
    }

    static BudgetLevel level(long spentNanos, long heldNanos) {
        return new BudgetLevel(Money.ofNanos(spentNanos), Money.ofNanos(heldNanos));
    }

    @Override
    public void close() {
        counters.close();
        redis.shutdown(0, 2, TimeUnit.SECONDS);
    }
}
