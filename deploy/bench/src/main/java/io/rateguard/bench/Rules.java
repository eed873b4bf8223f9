package io.rateguard.bench;

import io.rateguard.bed.Database;
import io.rateguard.counters.Counters;
import io.rateguard.counters.CountersSettings;
import io.rateguard.domain.id.WorkspaceId;

/** One workspace with an API, a key, three limits and two budgets that every request falls under and none exhausts. */
final class Rules {

    private static final long LARGE = 1_000_000_000_000L;
    private static final long NINE_MILLION_DOLLARS_NANOS = 9_000_000_000_000_000L;

    private Rules() {}

    /** Returns what the load generator presents. */
    static String create(Database database, String redisUrl, int upstreamPort) {
        WorkspaceId workspace = database.workspace("bench");
        try (Counters counters = Counters.connect(CountersSettings.patient(redisUrl))) {
            counters.rebuilds().initialise(workspace).toCompletableFuture().join();
        }
        database.api(workspace, "openai", "openai", "http://127.0.0.1:" + upstreamPort, "bearer", "sk-of-the-upstream");
        limit(database, workspace, "requests per key", "[\"key\"]", "requests");
        limit(database, workspace, "tokens per workspace", "[\"workspace\"]", "tokens");
        limit(database, workspace, "spend per model", "[\"model\"]", "cost");
        database.budget(workspace, "everything", NINE_MILLION_DOLLARS_NANOS, "strict");
        database.budget(workspace, "the API", "api", "openai", NINE_MILLION_DOLLARS_NANOS, "elastic");
        return database.key(workspace, "load").secret();
    }

    private static void limit(Database database, WorkspaceId workspace, String name, String per, String unit) {
        database.limit(
                workspace,
                name,
                "{\"api\":\"openai\"}",
                per,
                "{\"algorithm\":\"token-bucket\",\"unit\":\"%s\",\"capacity\":%s,\"refill\":%s,\"periodSeconds\":60}"
                        .formatted(unit, LARGE, LARGE));
    }
}
