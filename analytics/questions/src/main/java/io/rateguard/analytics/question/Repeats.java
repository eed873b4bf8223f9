package io.rateguard.analytics.question;

import io.rateguard.analytics.table.ClickHouse;
import io.rateguard.domain.id.WorkspaceId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What keys of a workspace send again and again, from the raw events: ask it of short ranges. */
public final class Repeats {

    private static final String TEXT = QuestionText.of("repeats.sql");

    private final ClickHouse clickHouse;

    public Repeats(ClickHouse clickHouse) {
        this.clickHouse = clickHouse;
    }

    /** By key, of those that sent so many requests with a body at least. */
    public List<Repeat> ask(WorkspaceId workspace, Instant from, Instant to, long least) {
        Map<String, Object> parameters = Map.of(
                "workspace", workspace.toString(),
                "from_millis", from.toEpochMilli(),
                "to_millis", to.toEpochMilli(),
                "least", least);
        return clickHouse.ask(TEXT, parameters).stream()
                .map(row -> new Repeat(
                        UUID.fromString(row.required("group_key").asString()),
                        row.required("sent_count").longValue(),
                        row.required("same_count").longValue()))
                .toList();
    }

    /**
     * Requests of one key.
     *
     * @param sent all that had a body
     * @param same the most of them that are one: of the same fingerprint, or, where their bodies were not read, of the same
     *     API, method, endpoint and model, and as long
     */
    public record Repeat(UUID key, long sent, long same) {}
}
