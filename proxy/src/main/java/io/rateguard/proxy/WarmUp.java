package io.rateguard.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.rateguard.counters.Admission;
import io.rateguard.counters.BudgetClaim;
import io.rateguard.counters.BudgetSettlement;
import io.rateguard.counters.Claim;
import io.rateguard.counters.Counters;
import io.rateguard.counters.LimitClaim;
import io.rateguard.counters.LimitSettlement;
import io.rateguard.counters.Settlement;
import io.rateguard.domain.api.Profile;
import io.rateguard.domain.api.UnknownPaths;
import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.budget.BudgetPeriod;
import io.rateguard.domain.budget.BudgetScope;
import io.rateguard.domain.budget.BudgetWindow;
import io.rateguard.domain.event.Decision;
import io.rateguard.domain.event.Outcome;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.event.RequestEventJson;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.LimitId;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.limit.LimitMatch;
import io.rateguard.domain.limit.LimitRule;
import io.rateguard.domain.limit.LimitUnit;
import io.rateguard.domain.limit.TokenBucket;
import io.rateguard.domain.money.Money;
import io.rateguard.proxy.dialect.Ask;
import io.rateguard.proxy.dialect.Dialect;
import io.rateguard.proxy.dialect.ReplyMeter;
import io.rateguard.proxy.dialect.Routes;
import io.rateguard.proxy.loops.Loops;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Exceptions;
import reactor.netty.http.client.HttpClient;

/**
 * Walks the request path before the first caller does. A first request would otherwise wait for classes to load, and a
 * cold admission can miss its deadline. What it counts in Redis belongs to a workspace that does not exist.
 */
final class WarmUp {

    private static final Logger log = LoggerFactory.getLogger(WarmUp.class);

    private static final int ROUNDS = 20;
    private static final Duration REMEMBERED = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final String BODY =
            "{\"model\":\"gpt-4o-mini\",\"max_tokens\":1,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    private static final String REPLY = "{\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1}}";

    private final WorkspaceId workspace = new WorkspaceId(UUID.randomUUID());
    private final BudgetWindow window = BudgetPeriod.DAY.windowAt(Instant.now(), ZoneOffset.UTC);
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final LimitRule limit = new LimitRule(
            new LimitId(UUID.randomUUID()),
            "warm-up",
            LimitMatch.ALL,
            List.of(),
            new TokenBucket(LimitUnit.REQUESTS, ROUNDS, ROUNDS, Duration.ofSeconds(1)));
    private final Budget budget = new Budget(
            new BudgetId(UUID.randomUUID()),
            "warm-up",
            BudgetScope.WORKSPACE,
            new Money(ROUNDS),
            BudgetPeriod.DAY,
            ZoneOffset.UTC,
            true,
            Budget.Estimate.STRICT);

    private WarmUp() {}

    /** Blocks for a moment; what fails here is left for the first caller to meet. */
    static void run(Counters counters, Loops loops, int port) {
        WarmUp path = new WarmUp();
        for (int round = 0; round < ROUNDS; round++) {
            path.understand(Profile.OPENAI, "/v1/chat/completions");
            path.understand(Profile.ANTHROPIC, "/v1/messages");
            path.record();
        }
        try {
            counters.rebuilds()
                    .initialise(path.workspace, REMEMBERED)
                    .toCompletableFuture()
                    .join();
            for (int round = 0; round < ROUNDS; round++) {
                path.count(counters);
            }
        } catch (CompletionException away) {
            log.debug("warm-up without Redis: {}", away.getMessage());
        }
        path.call(loops, port);
    }

    private void understand(Profile profile, String path) {
        Dialect dialect = Routes.find(profile, UnknownPaths.BLOCK, "POST", path).dialect();
        ByteBuf body = buffer(BODY);
        Ask ask = dialect.ask(body, "application/json");
        body.release();
        ReplyMeter meter = dialect.meter(ask, 200, "application/json", null);
        meter.pass(buffer(REPLY)).release();
        meter.end().release();
        meter.reading();
    }

    private void record() {
        RequestEventJson.encode(new RequestEvent(
                id(),
                new RequestEvent.Caller(workspace, null, null, null, null, Map.of()),
                new RequestEvent.Call(null, "", "POST", "/", "/", null, null, false, 0, 0, 0),
                new RequestEvent.Times(0, 0, 0, 0, 0, 0, 0),
                new RequestEvent.Verdict(Decision.ALLOWED, 200, Outcome.COMPLETED, null, false),
                RequestEvent.Metering.NOTHING,
                List.of(new RequestEvent.Charge(
                        budget.id(), window.name(), window.startMillis(), window.endMillis(), 1, 1))));
    }

    private void count(Counters counters) {
        RequestId id = id();
        Admission admission = counters.admit(new Claim(
                        workspace,
                        id,
                        List.of(new LimitClaim(limit, "-", 1)),
                        List.of(new BudgetClaim(budget, window, new Money(1)))))
                .toCompletableFuture()
                .join();
        if (admission instanceof Admission.Admitted admitted) {
            counters.settle(new Settlement(
                            workspace,
                            id,
                            admitted.chargedAtMillis(),
                            List.of(new LimitSettlement(limit, "-", 1, 1)),
                            List.of(new BudgetSettlement(budget.id(), window, Money.ZERO))))
                    .toCompletableFuture()
                    .join();
        }
    }

    /** A refused call and a health check, over a real connection. */
    private void call(Loops loops, int port) {
        HttpClient client = HttpClient.create().runOn(loops.resources()).baseUrl("http://127.0.0.1:" + port);
        for (String path : List.of("/health", "/proxy/warm-up/v1/models")) {
            try {
                var _ = client.get().uri(path).response().block(PATIENCE);
            } catch (RuntimeException failed) {
                log.debug("warm-up of {}: {}", path, Exceptions.unwrap(failed).getMessage());
            }
        }
    }

    private RequestId id() {
        return RequestId.create(System.currentTimeMillis(), random);
    }

    private static ByteBuf buffer(String text) {
        return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8));
    }
}
