package io.rateguard.analytics.question;

import io.rateguard.analytics.question.UsageRow.Percentiles;
import io.rateguard.analytics.table.ClickHouse;
import io.rateguard.analytics.table.RollupStart;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.WorkspaceId;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a workspace used and spent over time, from the coarsest rollup that tells exactly. What is split by a tag leaves
 * out the requests without it.
 */
public final class UsageHistory {

    private static final String TEXT = QuestionText.of("usage-history.sql");
    private static final String BY_TAG = QuestionText.of("tag-usage.sql");
    private static final String BY_CUSTOMER = QuestionText.of("customer-usage.sql");
    private static final String NO_KEY = "00000000-0000-0000-0000-000000000000";
    private static final double MICROS_PER_MILLI = 1000;

    private final ClickHouse clickHouse;
    private final RollupStart quarters;
    private final RollupStart models;
    private final RollupStart tags;
    private final RollupStart customers;
    private final RollupStart days;

    public UsageHistory(ClickHouse clickHouse) {
        this.clickHouse = clickHouse;
        quarters = RollupStart.byQuarter(clickHouse);
        models = RollupStart.byModel(clickHouse);
        tags = RollupStart.byTag(clickHouse);
        customers = RollupStart.byCustomer(clickHouse);
        days = RollupStart.byDay(clickHouse);
    }

    /**
     * Rows in the order of time, then of the group; steps in which nothing happened are left out. Where only the top is
     * asked for: by cost, then by the number of requests, falling.
     */
    public List<UsageRow> ask(WorkspaceId workspace, UsageQuestion question) {
        List<UsageRow> rows = new ArrayList<>();
        ask(workspace, question, rows::add);
        return rows;
    }

    /** Hands on each row as it comes: an answer of any length needs no more memory than a row. */
    public void ask(WorkspaceId workspace, UsageQuestion question, Consumer<UsageRow> row) {
        Answering answering = answering(workspace, question);
        clickHouse.ask(answering.text(), answering.parameters(), json -> row.accept(row(json)));
    }

    /** From when on the answer is complete, where that is later than the question's start: a rollup began in between. */
    public Optional<Instant> countsSince(UsageQuestion question) {
        Instant start = countedFrom(question);
        return start.isAfter(question.from()) ? Optional.of(start) : Optional.empty();
    }

    private Instant countedFrom(UsageQuestion question) {
        if (question.tag() != null) {
            return tags.ask();
        }
        return question.groupBy().contains(GroupBy.CUSTOMER) ? customers.ask() : Instant.EPOCH;
    }

    private Answering answering(WorkspaceId workspace, UsageQuestion asked) {
        UsageQuestion question = asked.startingAt(countedFrom(asked));
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("workspace", workspace.toString());
        parameters.put("from_seconds", question.from().getEpochSecond());
        parameters.put("to_seconds", question.to().getEpochSecond());
        parameters.put("bucket", question.bucket().wireName());
        parameters.put("zone", zoneName(question.zone()));
        parameters.put("top", question.top());
        for (GroupBy group : GroupBy.values()) {
            parameters.put("by_" + group.wireName(), question.groupBy().contains(group));
        }
        if (question.tag() != null) {
            parameters.put("tag", question.tag());
            return new Answering(BY_TAG, parameters);
        }
        if (question.groupBy().contains(GroupBy.CUSTOMER)) {
            putDays(parameters, question, question.from(), question.to());
            return new Answering(BY_CUSTOMER, parameters);
        }
        boolean isWide =
                question.groupBy().contains(GroupBy.KEY) || question.groupBy().contains(GroupBy.ENDPOINT);
        parameters.put("quarters", isWide ? "usage_by_quarter" : "usage_by_model");
        Instant from = wholeQuartersFrom(question, isWide ? quarters : models);
        parameters.put("quarters_from_seconds", from.getEpochSecond());
        Instant to = wholeQuartersTo(question, from);
        parameters.put("quarters_to_seconds", to.getEpochSecond());
        putDays(parameters, question, from, to);
        return new Answering(TEXT, parameters);
    }

    /** The part of a range of quarter hours that the rollup by days answers; an empty one at the range's end where it does not. */
    private void putDays(Map<String, Object> parameters, UsageQuestion question, Instant from, Instant to) {
        Optional<GroupBy> split = question.splitOfDays();
        Instant start = to;
        Instant end = to;
        if (split.isPresent()) {
            Instant counted = days.ask();
            Instant first = UsageQuestion.ceiling(counted.isAfter(from) ? counted : from, UsageQuestion.DAY);
            Instant last = UsageQuestion.floor(to, UsageQuestion.DAY);
            if (first.isBefore(last)) {
                start = first;
                end = last;
            }
        }
        parameters.put("split", split.map(GroupBy::wireName).orElse(""));
        parameters.put("days_from_seconds", start.getEpochSecond());
        parameters.put("days_to_seconds", end.getEpochSecond());
    }

    /** Where the part of the range starts that the rollup by quarters answers; the range's end where there is none. */
    private static Instant wholeQuartersFrom(UsageQuestion question, RollupStart rollup) {
        if (!question.stepsInQuarters()) {
            return question.to();
        }
        Instant first = UsageQuestion.ceiling(question.from(), UsageQuestion.QUARTER);
        Instant counted = rollup.ask();
        Instant from = counted.isAfter(first) ? counted : first;
        return from.isAfter(question.to()) ? question.to() : from;
    }

    private static Instant wholeQuartersTo(UsageQuestion question, Instant from) {
        Instant last = UsageQuestion.floor(question.to(), UsageQuestion.QUARTER);
        return last.isBefore(from) ? from : last;
    }

    private record Answering(String text, Map<String, Object> parameters) {}

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
        return new UsageRow(
                Instant.ofEpochSecond(row.required("time_seconds").longValue()),
                textOrNull(row, "group_api"),
                key == null || key.equals(NO_KEY) ? null : ApiKeyId.of(key),
                textOrNull(row, "group_endpoint"),
                textOrNull(row, "group_model"),
                textOrNull(row, "group_customer"),
                row.path("group_tag").asString(null),
                row.required("request_count").longValue(),
                row.required("refused_count").longValue(),
                row.required("error_count").longValue(),
                row.required("cost_nanos_sum").longValue(),
                EventReader.usage(row.required("token_sums")),
                percentiles(row.path("latency_micros")));
    }

    private static @Nullable Percentiles percentiles(JsonNode micros) {
        return micros.isArray()
                ? new Percentiles(millis(micros.path(0)), millis(micros.path(1)), millis(micros.path(2)))
                : null;
    }

    private static double millis(JsonNode micros) {
        return micros.isNumber() ? micros.doubleValue() / MICROS_PER_MILLI : 0;
    }

    private static @Nullable String textOrNull(JsonNode row, String column) {
        String text = row.path(column).asString("");
        return text.isEmpty() ? null : text;
    }
}
