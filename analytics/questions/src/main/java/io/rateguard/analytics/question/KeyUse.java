package io.rateguard.analytics.question;

import io.rateguard.analytics.table.ClickHouse;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.WorkspaceId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** When keys were last presented, be it to be refused; to the minute. */
public final class KeyUse {

    private static final String TEXT = QuestionText.of("key-use.sql");

    private final ClickHouse clickHouse;

    public KeyUse(ClickHouse clickHouse) {
        this.clickHouse = clickHouse;
    }

    /** Of each key of a workspace that was used since an instant, the beginning of the last minute in which it was. */
    public Map<ApiKeyId, Instant> ask(WorkspaceId workspace, Instant since) {
        Map<ApiKeyId, Instant> last = new HashMap<>();
        for (JsonNode row : clickHouse.ask(
                TEXT, Map.of("workspace", workspace.toString(), "from_seconds", since.getEpochSecond()))) {
            last.put(
                    ApiKeyId.of(row.required("key").asString()),
                    Instant.ofEpochSecond(row.required("last_seconds").longValue()));
        }
        return last;
    }
}
