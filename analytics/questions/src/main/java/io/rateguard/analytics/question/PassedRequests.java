package io.rateguard.analytics.question;

import static io.rateguard.analytics.question.EventReader.text;
import static io.rateguard.analytics.question.EventReader.textOrNull;
import static io.rateguard.analytics.question.EventReader.whole;

import io.rateguard.analytics.table.ClickHouse;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.money.Money;
import io.rateguard.domain.usage.Usage;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Requests that were let through, in the order in which they were, as far as limits look at them. */
public final class PassedRequests {

    private static final String TEXT = QuestionText.of("passed-requests.sql");

    private final ClickHouse clickHouse;

    public PassedRequests(ClickHouse clickHouse) {
        this.clickHouse = clickHouse;
    }

    /**
     * A request.
     *
     * @param path at the upstream, as it was sent
     * @param endedAtMillis when its caller had the whole answer
     */
    public record Passed(
            RequestId id,
            ApiKeyId key,
            @Nullable String project,
            @Nullable String customer,
            Map<String, String> tags,
            String api,
            String method,
            String path,
            @Nullable String model,
            long atMillis,
            long endedAtMillis,
            Usage usage,
            Money cost) {}

    /**
     * Hands on each, oldest first, as it comes.
     *
     * @param api null: of every API
     * @param keys of these keys; none: of every key
     * @param most no more than so many
     */
    public void ask(
            WorkspaceId workspace,
            Instant from,
            Instant to,
            @Nullable String api,
            Collection<ApiKeyId> keys,
            int most,
            Consumer<Passed> passed) {
        Map<String, Object> parameters = Map.of(
                "workspace",
                workspace.toString(),
                "from_millis",
                from.toEpochMilli(),
                "to_millis",
                to.toEpochMilli(),
                "api",
                api == null ? "" : api,
                "keys",
                keys.stream().map(ApiKeyId::toString).toList(),
                "rows",
                most);
        clickHouse.ask(TEXT, parameters, row -> passed.accept(passed(row)));
    }

    private static Passed passed(JsonNode row) {
        long atMillis = whole(row, "charged_at_millis");
        return new Passed(
                new RequestId(text(row, "request_id")),
                ApiKeyId.of(text(row, "of_key")),
                textOrNull(row, "project"),
                textOrNull(row, "customer"),
                EventReader.tags(row),
                text(row, "api"),
                text(row, "method"),
                text(row, "path"),
                textOrNull(row, "model"),
                atMillis,
                atMillis + whole(row, "total_micros") / 1_000,
                EventReader.usage(row.path("usage")),
                Money.ofNanos(whole(row, "cost_nanos")));
    }
}
