package io.rateguard.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.event.Decision;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.proxy.testbed.BudgetView;
import io.rateguard.proxy.testbed.ProxyProcess;
import io.rateguard.proxy.testbed.TestBed;
import io.rateguard.proxy.testbed.TestDatabase.TestKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three proxies, each with 512 callers that retry, against one limit and one strict budget: a tenth of the callers leave
 * early, a tenth of the replies are errors, a tenth report more than any request could be estimated at, and one proxy is
 * killed on the way.
 */
class ThreeProxiesIT {

    private static final int PROXIES = 3;
    private static final int CALLERS_EACH = 512;
    private static final int LIMIT = 1_000;
    private static final long BUDGET_NANOS = 400_000_000;
    private static final int KILLED_AFTER = 300;
    private static final int TRIES_ON_A_FULL_BUDGET = 3;
    private static final int MAX_TOKENS = 20;
    private static final String HOURLY =
            "{\"algorithm\":\"sliding-window\",\"unit\":\"requests\",\"max\":" + LIMIT + ",\"windowSeconds\":3600}";

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(30))
            .build();
    private final List<ProxyProcess> proxies = new ArrayList<>();
    private final Set<String> answered = ConcurrentHashMap.newKeySet();
    private final AtomicInteger passed = new AtomicInteger();
    private final AtomicInteger cut = new AtomicInteger();
    private TestBed bed;
    private WorkspaceId limited;
    private WorkspaceId budgeted;
    private TestKey limitedKey;
    private TestKey budgetedKey;
    private BudgetId budget;

    @BeforeEach
    void start() {
        bed = TestBed.start();
        limited = workspace("limited");
        bed.database().limit(limited, "hour", "{}", "[]", HOURLY);
        limitedKey = bed.database().key(limited, "k");
        budgeted = workspace("budgeted");
        budget = bed.database().budget(budgeted, "hard", BUDGET_NANOS, "strict");
        budgetedKey = bed.database().key(budgeted, "k");
        for (int i = 0; i < PROXIES; i++) {
            proxies.add(ProxyProcess.start(bed, folder.resolve("proxy-" + i)));
        }
    }

    @AfterEach
    void stop() {
        http.close();
        proxies.forEach(ProxyProcess::close);
        bed.close();
    }

    @Test
    void neitherLimitNorBudgetIsOverrunAndNothingStaysUnused() {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < PROXIES * CALLERS_EACH; i++) {
                ProxyProcess proxy = proxies.get(i % PROXIES);
                Random random = new Random(i);
                boolean onLimit = i / PROXIES % 2 == 0;
                callers.execute(() -> callUntilRefused(proxy, onLimit, random));
            }
            killOneOnTheWay();
        }
        BudgetView view = new BudgetView(budgeted, budget);
        view.onceNothingIsHeld();
        Random random = new Random(0);
        while (call(proxies.getFirst(), budgetedKey, "demo-large", random, Mishap.NONE) != 402) {
            view.onceNothingIsHeld();
        }
        assertThat(call(proxies.getFirst(), limitedKey, "demo-small", random, Mishap.NONE))
                .isEqualTo(429);
        long spent = view.onceNothingIsHeld().nanos();
        proxies.forEach(ProxyProcess::close);

        List<RequestEvent> events = bed.events().all();
        assertThat(ids(events)).hasSameSizeAs(events).containsAll(answered);
        limitIsExact(allowed(events, limited));
        budgetIsExact(allowed(events, budgeted), spent);
    }

    /** What the killed proxy had taken and not recorded yet was never forwarded, and no more than it had open. */
    private void limitIsExact(List<RequestEvent> allowed) {
        long forwarded = bed.provider().received().all().stream()
                .filter(request -> new String(request.body(), StandardCharsets.UTF_8).contains("demo-small"))
                .count();
        System.out.printf(
                "limit of %d: %d forwarded, %d recorded, %d calls to the killed proxy unanswered%n",
                LIMIT, forwarded, allowed.size(), cut.get());
        assertThat(forwarded).isLessThanOrEqualTo(LIMIT);
        assertThat(allowed.size()).isBetween(LIMIT - cut.get(), LIMIT);
    }

    private void budgetIsExact(List<RequestEvent> allowed, long spent) {
        long cost = allowed.stream()
                .mapToLong(event -> event.metering().costNanos())
                .sum();
        long overshoot = allowed.stream()
                .mapToLong(event -> event.metering().overshootNanos())
                .sum();
        long hold = allowed.getFirst().charges().getFirst().heldNanos();
        long lapsed = spent - cost;
        System.out.printf(
                "budget of %,d: %,d spent, %,d of it overshoot, %,d lapsed, holds of %,d%n",
                BUDGET_NANOS, spent, overshoot, lapsed, hold);
        assertThat(overshoot).isPositive();
        assertThat(spent - overshoot).isLessThanOrEqualTo(BUDGET_NANOS);
        assertThat(BUDGET_NANOS - spent).isLessThan(hold);
        assertThat(lapsed).isBetween(0L, cut.get() * hold);
        assertThat(lapsed % hold).isZero();
    }

    private void killOneOnTheWay() {
        while (passed.get() < KILLED_AFTER) {
            LockSupport.parkNanos(1_000_000);
        }
        proxies.getLast().kill();
        proxies.getLast().startAgain();
    }

    private void callUntilRefused(ProxyProcess proxy, boolean onLimit, Random random) {
        int refused = 0;
        while (refused < (onLimit ? 1 : TRIES_ON_A_FULL_BUDGET)) {
            int status = onLimit
                    ? call(proxy, limitedKey, "demo-small", random, Mishap.any(random))
                    : call(proxy, budgetedKey, "demo-large", random, Mishap.any(random));
            if (status == 429 || status == 402) {
                refused++;
                LockSupport.parkNanos(random.nextInt(200_000_000));
            }
        }
    }

    /** The status, or 0 when there was no answer. */
    private int call(ProxyProcess proxy, TestKey key, String model, Random random, Mishap mishap) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            URI.create(proxy.url() + "/proxy/demo/v1/chat/completions"))
                    .timeout(mishap == Mishap.CALLER_LEAVES ? Duration.ofMillis(40) : Duration.ofMinutes(2))
                    .header("Authorization", "Bearer " + key.secret())
                    .header("Content-Type", "application/json")
                    .header("X-Demo-Latency-Millis", "30")
                    .header("X-Demo-Output-Tokens", Integer.toString(random.nextInt(1, MAX_TOKENS + 1)))
                    .POST(HttpRequest.BodyPublishers.ofString(TestBed.chatBody(model, MAX_TOKENS)));
            switch (mishap) {
                case UPSTREAM_FAILS -> request.header("X-Demo-Status", "500");
                case REPORTS_MORE -> request.header("X-Demo-Input-Tokens", "2000");
                default -> {}
            }
            HttpResponse<String> reply = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            assertThat(reply.statusCode()).as(reply.body()).isIn(200, 402, 429, 500);
            if (reply.statusCode() == 200) {
                passed.incrementAndGet();
                answered.add(
                        reply.headers().firstValue("X-RateGuard-Request-Id").orElseThrow());
            }
            return reply.statusCode();
        } catch (ConnectException | UncheckedIOException notThere) {
            LockSupport.parkNanos(50_000_000);
            return 0;
        } catch (IOException noAnswer) {
            if (proxy == proxies.getLast()) {
                cut.incrementAndGet();
            }
            return 0;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private WorkspaceId workspace(String name) {
        WorkspaceId workspace = bed.newWorkspace(name);
        bed.database().api(workspace, "demo", "demo", bed.provider().url(), "bearer", TestBed.UPSTREAM_SECRET);
        return workspace;
    }

    private static List<RequestEvent> allowed(List<RequestEvent> events, WorkspaceId workspace) {
        return events.stream()
                .filter(event -> event.caller().workspace().equals(workspace))
                .filter(event -> event.verdict().decision() == Decision.ALLOWED)
                .toList();
    }

    private static Set<String> ids(List<RequestEvent> events) {
        Set<String> ids = new HashSet<>();
        events.forEach(event -> ids.add(event.requestId().value()));
        return ids;
    }

    private enum Mishap {
        NONE,
        CALLER_LEAVES,
        UPSTREAM_FAILS,
        REPORTS_MORE;

        static Mishap any(Random random) {
            return switch (random.nextInt(10)) {
                case 0 -> CALLER_LEAVES;
                case 1 -> UPSTREAM_FAILS;
                case 2 -> REPORTS_MORE;
                default -> NONE;
            };
        }
    }
}
