package io.rateguard.drills.admission;

import io.rateguard.bed.Database;
import io.rateguard.bed.Service;
import io.rateguard.domain.event.Decision;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.money.Money;
import io.rateguard.drills.Figures;
import io.rateguard.drills.Findings;
import io.rateguard.drills.Table;
import io.rateguard.drills.ground.Chat;
import io.rateguard.drills.ground.Ground;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** The callers, what they were answered, and what became of limit and budget. */
final class Rush {

    private static final int PROXIES = 3;
    private static final int CALLERS_EACH = 512;
    private static final int LIMIT = 1_000;
    private static final long BUDGET_NANOS = 400_000_000;
    private static final int KILLED_AFTER = 300;
    private static final int TRIES_ON_A_FULL_BUDGET = 3;
    private static final int MAX_TOKENS = 20;
    private static final Set<Integer> EXPECTED = Set.of(200, 402, 429, 500);
    private static final Duration LONGER_THAN_A_HOLD = Duration.ofSeconds(70);
    /** It gives back less than one request while the drill lasts, also where one of its two windows ends meanwhile. */
    private static final String IN_30_DAYS =
            "{\"algorithm\":\"sliding-window\",\"unit\":\"requests\",\"max\":" + LIMIT + ",\"windowSeconds\":2592000}";

    private final Ground ground;
    private final long seed;
    private final WorkspaceId limited;
    private final WorkspaceId budgeted;
    private final Database.Key limitedKey;
    private final Database.Key budgetedKey;
    private final BudgetId budget;
    private final Set<String> answered = ConcurrentHashMap.newKeySet();
    private final Set<Integer> unexpected = ConcurrentHashMap.newKeySet();
    private final AtomicInteger cut = new AtomicInteger();
    private Duration untilNothingWasHeld = Duration.ZERO;
    private int lastOfLimit;
    private long spent;

    Rush(Ground ground, long seed) {
        this.ground = ground;
        this.seed = seed;
        limited = ground.workspace("limited");
        ground.database().limit(limited, "month", "{}", "[]", IN_30_DAYS);
        limitedKey = ground.database().key(limited, "k");
        budgeted = ground.workspace("budgeted");
        budget = ground.database().budget(budgeted, "hard", BUDGET_NANOS, "strict");
        budgetedKey = ground.database().key(budgeted, "k");
        for (int i = 0; i < PROXIES; i++) {
            // On a busy machine every answer of Redis counts, however late.
            ground.startProxy(Map.of("RATEGUARD_REDIS_DEADLINE", "30s", "RATEGUARD_REDIS_ADMISSIONWAIT", "30s"));
        }
    }

    void untilAllIsUsed() {
        try (HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(30))
                .build()) {
            try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < PROXIES * CALLERS_EACH; i++) {
                    Service proxy = ground.proxies().get(i % PROXIES);
                    Random random = new Random(seed + i);
                    boolean onLimit = i / PROXIES % 2 == 0;
                    callers.execute(() -> callUntilRefused(http, proxy, onLimit, random));
                }
                killOneOnTheWay();
            }
            long ended = System.nanoTime();
            awaitNothingHeld();
            untilNothingWasHeld = Duration.ofNanos(System.nanoTime() - ended);
            Service first = ground.proxies().getFirst();
            Random random = new Random(seed);
            while (call(http, first, budgetedKey, "demo-large", random, Mishap.NONE) != 402) {
                awaitNothingHeld();
            }
            lastOfLimit = call(http, first, limitedKey, "demo-small", random, Mishap.NONE);
        }
        awaitNothingHeld();
        spent = ground.level(budgeted, budget).spent().nanos();
        ground.proxies().forEach(Service::close);
    }

    Findings count() {
        List<RequestEvent> events = ground.events();
        Findings findings = new Findings()
                .say(
                        "%d proxies, each with %d callers that try again; half of them meet a limit of %s requests in 30"
                                + " days, half a strict budget of %s nano-dollars. A tenth of the calls is left by the caller, a"
                                + " tenth answered with an error by the provider, and in a tenth the provider reports far"
                                + " more input than was sent. One proxy is killed after %d replies and started again.",
                        PROXIES, CALLERS_EACH, Figures.count(LIMIT), Figures.count(BUDGET_NANOS), KILLED_AFTER);
        Set<String> ids = new HashSet<>();
        events.forEach(event -> ids.add(event.requestId().value()));
        long unrecorded = answered.stream().filter(id -> !ids.contains(id)).count();
        countLimit(findings, allowed(events, limited));
        countBudget(findings, allowed(events, budgeted));
        return findings.promise("every answered request is recorded", 0, unrecorded, 0, "are not")
                .promise("no request is recorded twice", 0, events.size() - ids.size(), 0, "are")
                .promise(
                        "nothing but 200, 402, 429 and the provider's 500 is answered",
                        unexpected.isEmpty(),
                        unexpected.isEmpty() ? "so it was" : new TreeSet<>(unexpected).toString());
    }

    /** What the killed proxy had taken and not recorded yet was never forwarded, and no more than it had open. */
    private void countLimit(Findings findings, List<RequestEvent> allowed) {
        long forwarded = ground.provider().received().all().stream()
                .filter(request -> new String(request.body(), StandardCharsets.UTF_8).contains("demo-small"))
                .count();
        findings.show(new Table("limit, requests", "")
                        .row("limit", Figures.count(LIMIT))
                        .row("let through and recorded", Figures.count(allowed.size()))
                        .row("of these forwarded to the provider", Figures.count(forwarded))
                        .row("not forwarded: left by the caller, or cut", Figures.count(allowed.size() - forwarded))
                        .row("over by", Figures.count(Math.max(0, forwarded - LIMIT)))
                        .row(
                                "taken by the killed proxy, not recorded, not forwarded",
                                Figures.count(LIMIT - allowed.size())))
                .promise("the limit is never overrun", 0, forwarded, LIMIT, "forwarded")
                .promise(
                        "nothing of the limit is lost but what the killed proxy had open",
                        LIMIT - cut.get(),
                        allowed.size(),
                        LIMIT,
                        "let through")
                .promise("the used-up limit refuses the next one", lastOfLimit == 429, "status " + lastOfLimit);
    }

    private void countBudget(Findings findings, List<RequestEvent> allowed) {
        long cost = allowed.stream()
                .mapToLong(event -> event.metering().costNanos())
                .sum();
        long overshoot = allowed.stream()
                .mapToLong(event -> event.metering().overshootNanos())
                .sum();
        long hold = allowed.getFirst().charges().getFirst().heldNanos();
        long lapsed = spent - cost;
        long held = ground.level(budgeted, budget).held().nanos();
        findings.show(new Table("strict budget, nano-dollars", "")
                        .row("budget", Figures.count(BUDGET_NANOS))
                        .row("spent", Figures.count(spent))
                        .row("of that reported above the provider's own limits", Figures.count(overshoot))
                        .row("of that lapsed with the killed proxy", Figures.count(lapsed))
                        .row("over by, without what was reported above", over(overshoot))
                        .row("unused", Figures.count(Math.max(0, BUDGET_NANOS - spent)))
                        .row("one hold", Figures.count(hold))
                        .row("held in the end", Figures.count(held))
                        .row("until nothing was held, after the last call", Figures.seconds(untilNothingWasHeld)))
                .promise(
                        "the budget is never overspent but by what the provider reports above its own limits",
                        0,
                        spent - overshoot,
                        BUDGET_NANOS,
                        "spent without it")
                .promise("less than one hold stays unused", BUDGET_NANOS - spent < hold, unused(hold))
                .promise(
                        "what lapses are whole holds of calls that the killed proxy had open",
                        lapsed >= 0 && lapsed <= cut.get() * hold && lapsed % hold == 0,
                        "%s, in holds of %s".formatted(Figures.count(lapsed), Figures.count(hold)))
                .promise("no hold is left behind", 0, held, 0, "held");
    }

    private String over(long overshoot) {
        return Figures.count(Math.max(0, spent - overshoot - BUDGET_NANOS));
    }

    private String unused(long hold) {
        return "%s of a hold of %s".formatted(Figures.count(Math.max(0, BUDGET_NANOS - spent)), Figures.count(hold));
    }

    private void awaitNothingHeld() {
        Ground.await(
                "nothing to be held",
                LONGER_THAN_A_HOLD,
                () -> ground.level(budgeted, budget).held().equals(Money.ZERO));
    }

    private void killOneOnTheWay() {
        while (answered.size() < KILLED_AFTER) {
            LockSupport.parkNanos(1_000_000);
        }
        ground.proxies().getLast().kill();
        ground.proxies().getLast().startAgain();
    }

    private void callUntilRefused(HttpClient http, Service proxy, boolean onLimit, Random random) {
        int refused = 0;
        while (refused < (onLimit ? 1 : TRIES_ON_A_FULL_BUDGET)) {
            int status = onLimit
                    ? call(http, proxy, limitedKey, "demo-small", random, Mishap.any(random))
                    : call(http, proxy, budgetedKey, "demo-large", random, Mishap.any(random));
            if (status == 429 || status == 402) {
                refused++;
                LockSupport.parkNanos(random.nextInt(200_000_000));
            }
        }
    }

    /** The status, or 0 when there was no answer. */
    private int call(HttpClient http, Service proxy, Database.Key key, String model, Random random, Mishap mishap) {
        try {
            HttpRequest.Builder request = Chat.through(proxy, key, model, MAX_TOKENS)
                    .timeout(mishap == Mishap.CALLER_LEAVES ? Duration.ofMillis(40) : Duration.ofMinutes(2))
                    .header("X-Demo-Latency-Millis", "30")
                    .header("X-Demo-Output-Tokens", Integer.toString(random.nextInt(1, MAX_TOKENS + 1)));
            switch (mishap) {
                case UPSTREAM_FAILS -> request.header("X-Demo-Status", "500");
                case REPORTS_MORE -> request.header("X-Demo-Input-Tokens", "2000");
                case NONE, CALLER_LEAVES -> {}
            }
            HttpResponse<String> reply = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (!EXPECTED.contains(reply.statusCode())) {
                unexpected.add(reply.statusCode());
            }
            if (reply.statusCode() == 200) {
                answered.add(
                        reply.headers().firstValue("X-RateGuard-Request-Id").orElseThrow());
            }
            return reply.statusCode();
        } catch (ConnectException | HttpConnectTimeoutException notThere) {
            LockSupport.parkNanos(50_000_000);
            return 0;
        } catch (IOException noAnswer) {
            if (proxy == ground.proxies().getLast()) {
                cut.incrementAndGet();
            }
            return 0;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static List<RequestEvent> allowed(List<RequestEvent> events, WorkspaceId workspace) {
        return events.stream()
                .filter(event -> event.caller().workspace().equals(workspace))
                .filter(event -> event.verdict().decision() == Decision.ALLOWED)
                .toList();
    }
}
