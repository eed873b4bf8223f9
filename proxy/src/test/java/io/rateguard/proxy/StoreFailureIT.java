package io.rateguard.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.counters.Counters;
import io.rateguard.counters.CountersSettings;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.money.Money;
import io.rateguard.embedded.EmbeddedRedis;
import io.rateguard.embedded.Settings;
import io.rateguard.proxy.testbed.BudgetView;
import io.rateguard.proxy.testbed.Rebuilding;
import io.rateguard.proxy.testbed.TestBed;
import io.rateguard.proxy.testbed.TestDatabase.TestKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each failure policy lets pass while Redis is away, and what is right again once it is back. */
class StoreFailureIT {

    private static final String HOURLY =
            "{\"algorithm\":\"sliding-window\",\"unit\":\"requests\",\"max\":%d," + "\"windowSeconds\":3600}";
    private static final long NANOS_PER_CENT = 10_000_000;

    @TempDir
    private static Path dir;

    private static EmbeddedRedis redis;
    private static TestBed bed;
    private static int workspaces;

    private WorkspaceId workspace;
    private TestKey key;

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
    }

    @AfterAll
    static void stop() {
        bed.close();
        redis.close();
    }

    @BeforeEach
    void workspace() {
        workspace = bed.newWorkspace("failure-" + ++workspaces);
        bed.database().api(workspace, "demo", "demo", bed.provider().url(), "bearer", TestBed.UPSTREAM_SECRET);
        key = bed.database().key(workspace, "k");
        // A balancer asks this of every proxy; from then on the proxy has counted.
        until("ready", () -> ready().equals("200 ready"));
    }

    @AfterEach
    void back() {
        if (!isAnswering()) {
            redis.resume();
            until("Redis answers", StoreFailureIT::isAnswering);
        }
    }

    @Test
    void aLocalLimitGoesOnWithThisProxysShare() {
        limit("local", HOURLY.formatted(10), "{}");
        twoProxies();
        away();

        List<HttpResponse<String>> replies = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            replies.add(chat());
        }

        assertThat(replies).extracting(HttpResponse::statusCode).containsExactly(200, 200, 200, 200, 200, 429, 429);
        assertThat(replies)
                .allSatisfy(reply ->
                        assertThat(header(reply, "X-RateGuard-Degraded")).isEqualTo("true"));
        assertThat(header(replies.getFirst(), "X-RateLimit-Limit")).isEqualTo("5");
        assertThat(header(replies.getFirst(), "X-RateLimit-Remaining")).isEqualTo("4");
        assertThat(replies.getLast().body()).contains("this is one proxy's share of the limit");
        assertThat(event(replies.getFirst()).verdict().degraded()).isTrue();
        assertThat(event(replies.getLast()).verdict().degraded()).isTrue();

        back();
        HttpResponse<String> exact = chat();
        assertThat(exact.headers().firstValue("X-RateGuard-Degraded")).isEmpty();
        assertThat(header(exact, "X-RateLimit-Remaining")).isEqualTo("9");
        assertThat(event(exact).verdict().degraded()).isFalse();
    }

    @Test
    void aShareIsNotGivenAnewEachTimeRedisGoesAway() {
        limit("local", HOURLY.formatted(2), "{}");
        twoProxies();

        away();
        assertThat(chat().statusCode()).isEqualTo(200);
        back();
        away();

        assertThat(chat().statusCode()).isEqualTo(429);
    }

    @Test
    void whatIsForbiddenStaysForbidden() {
        limit("never", HOURLY.formatted(0), "{}");
        away();

        HttpResponse<String> refused = chat();

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).contains("It never lets this pass.");
    }

    @Test
    void anOpenLimitLetsEverythingPassAndAClosedOneNothing() {
        limit("open", HOURLY.formatted(1), "{}");
        policy("open", "open");
        limit("closed", HOURLY.formatted(1_000), "{\"model\":\"demo-large\"}");
        policy("closed", "closed");
        away();

        for (int i = 0; i < 3; i++) {
            assertThat(chat().statusCode()).isEqualTo(200);
        }
        HttpResponse<String> refused = bed.send(bed.chat(key, TestBed.chatBody("demo-large", 10)));

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(header(refused, "Retry-After")).isEqualTo("1");
        assertThat(header(refused, "X-RateGuard-Degraded")).isEqualTo("true");
        assertThat(refused.body())
                .contains("counters_unavailable")
                .contains("the limit \\\"closed\\\" lets nothing pass without them");
        assertThat(event(refused).verdict().refusal().ruleName()).isEqualTo("closed");
    }

    @Test
    void concurrencyIsHeldByThisProxyAsWell() throws Exception {
        limit("one", "{\"algorithm\":\"concurrency\",\"max\":1}", "{}");
        away();

        try (BufferedReader stream = stream()) {
            assertThat(stream.readLine()).startsWith("data: {");
            assertThat(chat().statusCode()).isEqualTo(429);
            assertThat(stream.lines()).contains("data: [DONE]");
        }
        until("the lease is back", () -> ManagementPort.of(bed.proxy(), "rateguard_exchanges_open") == 0);

        assertThat(chat().statusCode()).isEqualTo(200);
    }

    @Test
    void aStrictBudgetLetsNothingPassWithoutRedis() {
        BudgetId budget = bed.database().budget(workspace, "hard", 1_000_000_000, "strict");
        away();

        HttpResponse<String> refused = chat();

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("the budget \\\"hard\\\" lets nothing pass without them");
        back();
        assertThat(chat().statusCode()).isEqualTo(200);
        assertThat(view(budget).onceNothingIsHeld().nanos()).isPositive();
    }

    @Test
    void whatAnElasticBudgetLetPassIsChargedOnceRedisIsBack() {
        BudgetId budget = bed.database().budget(workspace, "soft", 1_000_000_000_000L, "elastic");
        long exact = cost(chat());
        away();

        long degraded = 0;
        for (int i = 0; i < 5; i++) {
            degraded += cost(chat());
        }
        assertThat(ManagementPort.of(bed.proxy(), "rateguard_degraded_uncharged_nanos"))
                .isEqualTo(degraded);
        assertThat(ManagementPort.of(bed.proxy(), "rateguard_counters_answering"))
                .isZero();

        back();
        until("all is charged", StoreFailureIT::isAllCharged);
        assertThat(view(budget).onceNothingIsHeld()).isEqualTo(Money.ofNanos(exact + degraded));
    }

    @Test
    void aProxyThatHasCountedStaysReadyWithoutRedis() {
        away();

        assertThat(ready()).isEqualTo("200 ready; Redis: away, failure policies decide");
    }

    @Test
    void aRedisThatIsKilledAndStartedAgainGoesOnWhereItStood() {
        limit("hour", HOURLY.formatted(10), "{}");
        BudgetId budget = bed.database().budget(workspace, "soft", 1_000_000_000_000L, "elastic");
        long cost = 0;
        for (int i = 0; i < 3; i++) {
            cost += cost(chat());
        }
        until("all is settled", StoreFailureIT::isAllCharged);

        redis.kill();
        until("the proxy has noticed", () -> {
            chat();
            return !isAnswering();
        });
        redis.start();
        until("Redis answers", StoreFailureIT::isAnswering);
        try (Rebuilding rebuilding = new Rebuilding(redis.access().url(), 1)) {
            rebuilding.untilTrusted(workspace);
        }
        until("all is charged", StoreFailureIT::isAllCharged);
        until("no budget is being rebuilt", () -> ManagementPort.of(bed.proxy(), "rateguard_budgets_rebuilding") == 0);
        HttpResponse<String> exact = chat();

        assertThat(exact.headers().firstValue("X-RateGuard-Degraded")).isEmpty();
        assertThat(header(exact, "X-RateLimit-Remaining")).isEqualTo("6");
        assertThat(view(budget).onceNothingIsHeld().nanos()).isGreaterThanOrEqualTo(cost + cost(exact));
    }

    @Test
    void everyMetricOfTheProxyThatTheAlertRulesNameIsThere() throws IOException {
        String metrics = ManagementPort.text(bed.proxy());
        List<String> named = Pattern.compile("rateguard_(?!intake_)\\w+")
                .matcher(Files.readString(Path.of("../deploy/monitoring/prometheus-rules.yml")))
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();

        assertThat(named)
                .hasSizeGreaterThan(3)
                .allSatisfy(name -> assertThat(metrics).contains("\n" + name + " "));
    }

    @Test
    void noMoreThanLimitAndShareEverPassWhileRedisComesAndGoes() throws Exception {
        int max = 150;
        limit("hour", HOURLY.formatted(max), "{}");
        BudgetId budget = bed.database().budget(workspace, "soft", 1_000_000_000_000L, "elastic");
        AtomicBoolean over = new AtomicBoolean();
        List<Long> costs = new ArrayList<>();
        List<Future<List<Long>>> callers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 24; i++) {
                callers.add(threads.submit(() -> callUntil(over)));
            }
            for (int i = 0; i < 3; i++) {
                until("Redis answers", StoreFailureIT::isAnswering);
                redis.pause();
                until("the proxy has noticed", () -> !isAnswering());
                redis.resume();
            }
            until("Redis answers", StoreFailureIT::isAnswering);
            for (HttpResponse<String> last = chat(); last.statusCode() == 200; last = chat()) {
                costs.add(cost(last));
            }
            over.set(true);
        }
        for (Future<List<Long>> caller : callers) {
            costs.addAll(caller.get());
        }

        assertThat(costs.size()).isBetween(1, 2 * max);
        until("all is charged", StoreFailureIT::isAllCharged);
        assertThat(view(budget).onceNothingIsHeld().nanos())
                .isEqualTo(costs.stream().mapToLong(Long::longValue).sum());
    }

    private List<Long> callUntil(AtomicBoolean over) {
        List<Long> costs = new ArrayList<>();
        while (!over.get()) {
            HttpResponse<String> reply = chat();
            assertThat(reply.statusCode()).isIn(200, 429);
            if (reply.statusCode() == 200) {
                costs.add(cost(reply));
            }
        }
        return costs;
    }

    private void limit(String name, String limitJson, String matchJson) {
        bed.database().limit(workspace, name, matchJson, "[]", limitJson);
    }

    private void policy(String limit, String onStoreFailure) {
        bed.database()
                .execute(
                        "UPDATE limits SET on_store_failure = ? WHERE workspace_id = ? AND name = ?",
                        onStoreFailure,
                        workspace.value(),
                        limit);
    }

    /** One more proxy says that it is alive, so that each has half of a limit. */
    private static void twoProxies() {
        try (Counters counters =
                Counters.connect(TestBed.counters(redis.access().url(), Duration.ofSeconds(60)))) {
            counters.heartbeat(new UUID(0, 2), Duration.ofMinutes(5))
                    .toCompletableFuture()
                    .join();
        }
        until("both are counted", () -> ManagementPort.of(bed.proxy(), "rateguard_proxies") == 2);
    }

    /** The policy is read and Redis is paused, and the proxy asks it no more. */
    private void away() {
        assertThat(bed.send(bed.request("/proxy/none/v1/models", key)).statusCode())
                .isEqualTo(404);
        redis.pause();
        List<Thread> callers = new ArrayList<>();
        WorkspaceId other = bed.database().workspace("noticing-" + UUID.randomUUID());
        bed.database().api(other, "demo", "demo", bed.provider().url(), "bearer", TestBed.UPSTREAM_SECRET);
        bed.database().limit(other, "any", "{}", "[]", HOURLY.formatted(1_000));
        TestKey asking = bed.database().key(other, "k");
        for (int i = 0; i < 10; i++) {
            callers.add(Thread.ofVirtual().start(() -> bed.send(bed.chat(asking, TestBed.chatBody("demo-small", 1)))));
        }
        until("the proxy has noticed", () -> !isAnswering());
        callers.forEach(StoreFailureIT::join);
    }

    private static boolean isAnswering() {
        return ManagementPort.of(bed.proxy(), "rateguard_counters_answering") == 1;
    }

    private static String ready() {
        try {
            return ManagementPort.ready(bed.proxy());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static boolean isAllCharged() {
        return ManagementPort.of(bed.proxy(), "rateguard_degraded_uncharged_nanos") == 0
                && ManagementPort.of(bed.proxy(), "rateguard_settlements_open") == 0
                && ManagementPort.of(bed.proxy(), "rateguard_exchanges_open") == 0;
    }

    private BudgetView view(BudgetId budget) {
        return new BudgetView(workspace, budget, redis.access().url());
    }

    private HttpResponse<String> chat() {
        return bed.send(bed.chat(key, TestBed.chatBody("demo-small", 10)));
    }

    private BufferedReader stream() throws IOException, InterruptedException {
        String body = """
                {"model":"demo-small","max_tokens":10,"stream":true,"messages":[{"role":"user","content":"Hello."}]}""";
        HttpResponse<InputStream> reply = bed.http()
                .send(
                        bed.chat(key, body)
                                .header("X-Demo-Chunks", "4")
                                .header("X-Demo-Chunk-Delay-Millis", "400")
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream());
        assertThat(reply.statusCode()).isEqualTo(200);
        return new BufferedReader(new InputStreamReader(reply.body(), StandardCharsets.UTF_8));
    }

    private static RequestEvent event(HttpResponse<String> reply) {
        return bed.events().of(header(reply, "X-RateGuard-Request-Id"));
    }

    private static long cost(HttpResponse<String> reply) {
        return new BigDecimal(header(reply, "X-RateGuard-Cost-Cents"))
                .multiply(BigDecimal.valueOf(NANOS_PER_CENT))
                .longValueExact();
    }

    private static String header(HttpResponse<String> reply, String name) {
        return reply.headers()
                .firstValue(name)
                .orElseThrow(() -> new AssertionError("no " + name + ": " + reply.body()));
    }

    private static void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            LockSupport.parkNanos(2_000_000);
        }
    }

    private static void join(Thread caller) {
        try {
            caller.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
