package io.rateguard.analytics.question;

import io.rateguard.analytics.table.ClickHouse;
import io.rateguard.domain.id.WorkspaceId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The names of the tags that requests had, 200 at most. */
public final class TagNames {

    private static final String TEXT = QuestionText.of("tag-names.sql");

    private final ClickHouse clickHouse;

    public TagNames(ClickHouse clickHouse) {
        this.clickHouse = clickHouse;
    }

    /** In the order of the alphabet. */
    public List<String> ask(WorkspaceId workspace, Instant since) {
        return clickHouse.list(
                TEXT,
                Map.of("workspace", workspace.toString(), "from_seconds", since.getEpochSecond()),
                row -> row.required("tag").asString());
    }
}
