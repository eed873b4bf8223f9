package io.rateguard.analytics.question;

import io.rateguard.analytics.question.UsageRow.Percentiles;
import io.rateguard.analytics.table.ClickHouse;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.WorkspaceId;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a workspace used and spent over time, from the rollup by minute. */
public final class UsageHistory {

    private static final String TEXT = QuestionText.of("usage-history.sql");
    private static final String NO_KEY = "00000000-0000-0000-0000-000000000000";
    private static final double MICROS_PER_MILLI = 1000;

    private final ClickHouse clickHouse;

    public UsageHistory(ClickHouse clickHouse) {
        this.clickHouse = clickHouse;
    }

    /** Rows in the order of time, then of the group; steps in which nothing happened are left out. */
    public List<UsageRow> ask(WorkspaceId workspace, UsageQuestion question) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("workspace", workspace.toString());
        parameters.put("from_seconds", question.from().getEpochSecond());
        parameters.put("to_seconds", question.to().getEpochSecond());
        parameters.put("bucket", question.bucket().wireName());
        parameters.put("zone", zoneName(question.zone()));
        for (GroupBy group : GroupBy.values()) {
            parameters.put("by_" + group.wireName(), question.groupBy().contains(group));
        }
        return clickHouse.ask(TEXT, parameters).stream().map(UsageHistory::row).toList();
    }

    /** ClickHouse knows regions by their names, and fixed offsets by a name of their own. */
    private static String zoneName(ZoneId zone) {
        if (!(zone.normalized() instanceof ZoneOffset offset)) {
            return zone.getId();
        }
        int seconds = Math.abs(offset.getTotalSeconds());
        return seconds == 0
                ? "UTC"
                : String.format(
                        Locale.ROOT,
                        "Fixed/UTC%s%02d:%02d:%02d",
                        offset.getTotalSeconds() < 0 ? "-" : "+",
                        seconds / 3600,
                        seconds / 60 % 60,
                        seconds % 60);
    }

    private static UsageRow row(JsonNode row) {
        String key = textOrNull(row, "group_key");
        JsonNode micros = row.required("latency_micros");
        return new UsageRow(
                Instant.ofEpochSecond(row.required("time_seconds").longValue()),
                textOrNull(row, "group_api"),
                key == null || key.equals(NO_KEY) ? null : ApiKeyId.of(key),
                textOrNull(row, "group_endpoint"),
                textOrNull(row, "group_model"),
                row.required("request_count").longValue(),
                row.required("refused_count").longValue(),
                row.required("error_count").longValue(),
                row.required("cost_nanos_sum").longValue(),
                EventReader.usage(row.required("token_sums")),
                new Percentiles(millis(micros.path(0)), millis(micros.path(1)), millis(micros.path(2))));
    }

    private static double millis(JsonNode micros) {
        return micros.isNumber() ? micros.doubleValue() / MICROS_PER_MILLI : 0;
    }

    private static @Nullable String textOrNull(JsonNode row, String column) {
        String text = row.required(column).asString();
        return text.isEmpty() ? null : text;
    }
}
