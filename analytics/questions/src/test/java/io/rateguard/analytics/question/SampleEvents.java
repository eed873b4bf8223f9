package io.rateguard.analytics.question;

import io.rateguard.domain.event.Decision;
import io.rateguard.domain.event.Outcome;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.event.RequestEvent.Call;
import io.rateguard.domain.event.RequestEvent.Caller;
import io.rateguard.domain.event.RequestEvent.Charge;
import io.rateguard.domain.event.RequestEvent.Metering;
import io.rateguard.domain.event.RequestEvent.Refusal;
import io.rateguard.domain.event.RequestEvent.Times;
import io.rateguard.domain.event.RequestEvent.Verdict;
import io.rateguard.domain.id.ApiId;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.usage.Usage;
import io.rateguard.domain.usage.UsageClass;
import io.rateguard.domain.usage.UsageSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Events as many proxies would record them: few names, many combinations, and texts that are hard to quote. */
final class SampleEvents {

    static final Instant START = Instant.parse("2026-10-24T20:00:00Z");
    /** From a Saturday on, with one whole week from Monday on in it. */
    static final Duration SPAN = Duration.ofDays(11);

    private static final List<String> APIS = List.of("openai", "anthropic", "stripe");
    private static final List<String> ENDPOINTS = List.of("/v1/chat/completions", "/v1/messages", "/v1/refunds/{id}");
    private static final List<String> MODELS = List.of("gpt-4o", "claude-sonnet", "o'model \\ \"x\"");
    private static final List<String> CUSTOMERS = List.of("acme", "tab\there", "Größe, 'quoted' \\ line\nbreak");

    private final RandomGenerator random;
    private final List<WorkspaceId> workspaces;
    private final List<ApiKeyId> keys;
    private final ApiId api = new ApiId(UUID.randomUUID());

    SampleEvents(RandomGenerator random, int workspaceCount) {
        this.random = random;
        workspaces = IntStream.range(0, workspaceCount)
                .mapToObj(i -> new WorkspaceId(uuid()))
                .toList();
        keys = IntStream.range(0, 3).mapToObj(i -> new ApiKeyId(uuid())).toList();
    }

    List<WorkspaceId> workspaces() {
        return workspaces;
    }

    List<ApiKeyId> keys() {
        return keys;
    }

    List<RequestEvent> take(int count) {
        return IntStream.range(0, count).mapToObj(i -> next()).toList();
    }

    RequestEvent next() {
        long chargedAtMillis = START.toEpochMilli() + random.nextLong(SPAN.toMillis());
        Decision decision = random.nextInt(4) > 0 ? Decision.ALLOWED : any(List.of(Decision.values()));
        boolean allowed = decision == Decision.ALLOWED;
        ApiKeyId key = random.nextInt(10) == 0 ? null : any(keys);
        return new RequestEvent(
                RequestId.create(chargedAtMillis, random),
                new Caller(
                        any(workspaces), key, key == null ? null : "key " + key, maybe("project"), customer(), tags()),
                call(allowed),
                new Times(
                        chargedAtMillis,
                        chargedAtMillis - random.nextLong(50),
                        chargedAtMillis + random.nextLong(5000),
                        random.nextLong(1, 5_000_000),
                        random.nextLong(5_000_000),
                        random.nextLong(10_000),
                        random.nextLong(1_000_000)),
                allowed ? allowed() : refused(decision),
                allowed ? metering() : Metering.NOTHING,
                allowed ? charges(chargedAtMillis) : List.of());
    }

    private Call call(boolean allowed) {
        int which = random.nextInt(APIS.size());
        return new Call(
                random.nextBoolean() ? api : null,
                APIS.get(which),
                "POST",
                "/v1/thing/" + random.nextInt(1000),
                ENDPOINTS.get(which),
                random.nextInt(5) == 0 ? null : any(MODELS),
                random.nextBoolean() ? "served" : null,
                random.nextBoolean(),
                random.nextLong(100_000),
                random.nextLong(100_000),
                allowed ? 1 : 0,
                random.nextBoolean() ? random.nextLong() : null);
    }

    private Verdict allowed() {
        int status = any(List.of(200, 200, 200, 429, 500, 0));
        Outcome outcome = any(List.of(Outcome.COMPLETED, Outcome.COMPLETED, Outcome.CLIENT_GONE, Outcome.TIMEOUT));
        List<Refusal> shadowed = random.nextInt(4) == 0
                ? List.of(
                        new Refusal("rate_limited", "a", "tried \"out\"", "key=1", random.nextLong(1L << 60), 7, 1),
                        new Refusal("rate_limited", "b", "and \n this", "-", 0, 0, 0))
                : List.of();
        return new Verdict(Decision.ALLOWED, status, outcome, null, random.nextBoolean(), shadowed);
    }

    private Verdict refused(Decision decision) {
        Refusal refusal = new Refusal(
                "rate_limited", maybe("rule"), maybe("it's a rule"), maybe("key=1"), random.nextLong(1L << 60), 100, 0);
        return new Verdict(decision, 429, Outcome.REFUSED, refusal, false);
    }

    private Metering metering() {
        Usage.Builder usage = Usage.builder();
        for (UsageClass usageClass : UsageClass.values()) {
            if (random.nextInt(4) == 0) {
                usage.set(usageClass, random.nextLong(10_000));
            }
        }
        return new Metering(
                usage.build(),
                any(List.of(UsageSource.values())),
                random.nextLong(-10, 1L << 50),
                maybe("2026-11-01"),
                random.nextBoolean(),
                maybe("flex"),
                random.nextLong(10_000),
                random.nextLong(10),
                random.nextBoolean() ? random.nextLong(1L << 50) : null);
    }

    private List<Charge> charges(long atMillis) {
        return IntStream.range(0, random.nextInt(3))
                .mapToObj(i -> new Charge(
                        new BudgetId(uuid()), "2026-10", atMillis, Long.MAX_VALUE, random.nextLong(1L << 53), i))
                .toList();
    }

    private Map<String, String> tags() {
        return switch (random.nextInt(4)) {
            case 0 -> Map.of();
            case 1 -> Map.of("team", "search");
            case 2 -> Map.of("team", "search", "why", "it's \\ here");
            default -> Map.of("team", "", "stage", "live");
        };
    }

    private String customer() {
        return random.nextInt(3) == 0 ? null : any(CUSTOMERS);
    }

    private String maybe(String text) {
        return random.nextBoolean() ? text : null;
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private UUID uuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }
}
