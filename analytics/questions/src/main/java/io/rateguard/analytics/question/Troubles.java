package io.rateguard.analytics.question;

import io.rateguard.analytics.table.ClickHouse;
import io.rateguard.domain.id.WorkspaceId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What went wrong with a workspace's requests, from the raw events: ask it of short ranges. */
public final class Troubles {

    private static final String TEXT = QuestionText.of("troubles.sql");

    private final ClickHouse clickHouse;

    public Troubles(ClickHouse clickHouse) {
        this.clickHouse = clickHouse;
    }

    /** By API, then by model. */
    public List<Trouble> ask(WorkspaceId workspace, Instant from, Instant to) {
        Map<String, Object> parameters = Map.of(
                "workspace", workspace.toString(),
                "from_millis", from.toEpochMilli(),
                "to_millis", to.toEpochMilli());
        return clickHouse.ask(TEXT, parameters).stream().map(Troubles::trouble).toList();
    }

    private static Trouble trouble(JsonNode row) {
        return new Trouble(
                row.required("group_api").asString(),
                row.required("group_model").asString(),
                row.required("allowed_count").longValue(),
                row.required("unpriced_count").longValue(),
                row.required("degraded_count").longValue(),
                row.required("failed_count").longValue());
    }

    /**
     * Requests of one API and model.
     *
     * @param model empty where none is known
     * @param allowed what was let through
     * @param unpriced what no price is known for, let through or not
     * @param degraded what was governed without Redis
     * @param failed what an upstream did not answer, cut short, or answered with a status of 500 or more
     */
    public record Trouble(String api, String model, long allowed, long unpriced, long degraded, long failed) {}
}
