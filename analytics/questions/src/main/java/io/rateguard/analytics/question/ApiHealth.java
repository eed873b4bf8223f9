package io.rateguard.analytics.question;

import io.rateguard.analytics.table.ClickHouse;
import io.rateguard.domain.event.Outcome;
import io.rateguard.domain.id.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** How the providers of a workspace's APIs have answered of late, from the raw events: ask it of short ranges. */
public final class ApiHealth {

    private static final String TEXT = QuestionText.of("api-health.sql");
    /** How far back the last good answer is looked for. */
    private static final Duration REACH = Duration.ofDays(7);

    private final ClickHouse clickHouse;

    public ApiHealth(ClickHouse clickHouse) {
        this.clickHouse = clickHouse;
    }

    /** By the slug of each API that anything was asked of in the range, or in the week before its end. */
    public Map<String, Health> ask(WorkspaceId workspace, Instant from, Instant to) {
        Map<String, Object> parameters = Map.of(
                "workspace", workspace.toString(),
                "from_millis", from.toEpochMilli(),
                "to_millis", to.toEpochMilli(),
                "since_millis", to.minus(REACH).toEpochMilli());
        Map<String, Health> byApi = new HashMap<>();
        for (JsonNode row : clickHouse.ask(TEXT, parameters)) {
            byApi.put(row.required("group_api").asString(), health(row));
        }
        return byApi;
    }

    private static Health health(JsonNode row) {
        long good = row.required("last_good_millis").longValue();
        boolean hasFailed = !row.required("last_failed_outcome").asString().isEmpty();
        return new Health(
                row.required("requests").longValue(),
                row.required("failed").longValue(),
                row.required("unanswered").longValue(),
                row.required("p95_upstream_micros").longValue(),
                good == 0 ? null : Instant.ofEpochMilli(good),
                row.required("last_failed_status").intValue(),
                hasFailed ? Outcome.valueOf(EventReader.constant(row, "last_failed_outcome")) : null);
    }

    /**
     * Of one API.
     *
     * @param requests what was let through
     * @param failed what its provider did not answer, or answered with its own trouble: with a status of 500 or more, that it
     *     has too much to do, or that it does not accept the secret
     * @param unanswered what ended before its provider said anything, since the caller left first or the proxy stopped: neither
     *     good nor failed
     * @param p95UpstreamMicros of those that went well; 0 where none did
     * @param lastGood when the last of them was charged, from before the range to the quarter of an hour; null for none within
     *     a week; where some are unanswered, of the range alone
     * @param lastFailedStatus 0 where none failed
     * @param lastFailedOutcome null where none failed
     */
    public record Health(
            long requests,
            long failed,
            long unanswered,
            long p95UpstreamMicros,
            @Nullable Instant lastGood,
            int lastFailedStatus,
            @Nullable Outcome lastFailedOutcome) {}
}
