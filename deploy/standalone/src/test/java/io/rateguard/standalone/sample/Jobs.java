package io.rateguard.standalone.sample;

import io.rateguard.domain.id.ApiId;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.LimitId;
import io.rateguard.domain.id.WorkspaceId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Jobs whose ids follow from their names. */
final class Jobs {

    /** A Wednesday in the afternoon. */
    static final Instant UNTIL = Instant.parse("2026-11-25T15:30:00Z");

    private Jobs() {}

    static SampleJob until(Instant until) {
        return new SampleJob(
                id("journal"),
                until,
                new WorkspaceId(id("workspace")),
                ids(SampleApi.values(), ApiId::new),
                ids(SampleKey.values(), ApiKeyId::new),
                ids(SampleLimit.values(), LimitId::new),
                ids(SampleBudget.values(), BudgetId::new));
    }

    private static <K extends Enum<K>, I> Map<K, I> ids(K[] of, Function<UUID, I> type) {
        return Arrays.stream(of)
                .collect(Collectors.toMap(
                        Function.identity(),
                        each -> type.apply(id(each.getDeclaringClass().getSimpleName() + each.name()))));
    }

    private static UUID id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }
}
