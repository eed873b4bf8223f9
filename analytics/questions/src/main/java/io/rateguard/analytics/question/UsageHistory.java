package io.rateguard.analytics.question;

import io.rateguard.analytics.question.UsageRow.Percentiles;
import io.rateguard.analytics.table.ClickHouse;
import io.rateguard.analytics.table.RollupStart;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.WorkspaceId;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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
    private static final String BY_VALUE = QuestionText.of("split-usage.sql");
    private static final List<Grain> SPANS = List.of(Grain.HOUR, Grain.DAY, Grain.WEEK);
    private static final String NO_KEY = "00000000-0000-0000-0000-000000000000";
    /** The most that a question may ask for. */
    private static final long ALL = (1L << 32) - 1;

    private static final double MICROS_PER_MILLI = 1000;

    private final ClickHouse clickHouse;
    private final Map<String, RollupStart> quarters;
    private final RollupStart splits;

    public UsageHistory(ClickHouse clickHouse) {
        this.clickHouse = clickHouse;
        quarters = Map.of(
                "usage_by_quarter", RollupStart.byQuarter(clickHouse),
                "usage_by_model", RollupStart.byModel(clickHouse),
                "usage_by_tag", RollupStart.byTag(clickHouse),
                "usage_by_customer", RollupStart.byCustomer(clickHouse));
        splits = RollupStart.bySplit(clickHouse);
    }

    /**
     * Rows in the order of time, then of the group; steps in which nothing happened are left out. Where only the top is
     * asked for: by cost, then by the number of requests, falling.
     */
    public List<UsageRow> ask(WorkspaceId workspace, UsageQuestion question) {
        return ask(workspace, question, ALL);
    }

    /** As {@link #ask(WorkspaceId, UsageQuestion)}, so many rows at most. */
    public List<UsageRow> ask(WorkspaceId workspace, UsageQuestion question, long most) {
        Answering answering = answering(workspace, question, most);
        return clickHouse.list(answering.text(), answering.parameters(), json -> row(json, question));
    }

    /** Hands on each row as it comes, at the pace of whoever takes them: an answer may be of any length. */
    public void stream(WorkspaceId workspace, UsageQuestion question, Consumer<UsageRow> row) {
        Answering answering = answering(workspace, question, ALL);
        clickHouse.stream(answering.text(), answering.parameters(), json -> row.accept(row(json, question)));
    }

    /** From when on the answer is complete, where that is later than the question's start: a rollup began in between. */
    public Optional<Instant> countsSince(UsageQuestion question) {
        Instant start = countedFrom(question);
        return start.isAfter(question.from()) ? Optional.of(start) : Optional.empty();
    }

    private Instant countedFrom(UsageQuestion question) {
        return isByValue(question) ? startOfQuarters(question) : Instant.EPOCH;
    }

    private Answering answering(WorkspaceId workspace, UsageQuestion asked, long most) {
        UsageQuestion question = asked.startingAt(countedFrom(asked));
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("workspace", workspace.toString());
        parameters.put("from_seconds", question.from().getEpochSecond());
        parameters.put("to_seconds", question.to().getEpochSecond());
        parameters.put("bucket", question.bucket().wireName());
        parameters.put("zone", zoneName(question.zone()));
        parameters.put("top", question.top());
        parameters.put("rows", question.top() > 0 ? Math.min(question.top(), most) : most);
        parameters.put("tag", Objects.requireNonNullElse(question.tag(), ""));
        for (GroupBy group : GroupBy.values()) {
            parameters.put("by_" + group.wireName(), question.groupBy().contains(group));
        }
        putParts(parameters, question);
        return new Answering(
                QuestionText.telling(question.figures(), isByValue(question) ? BY_VALUE : TEXT), parameters);
    }

    /** Which part of the range each rollup answers: the coarsest has the middle, and what it leaves the next finer one. */
    private void putParts(Map<String, Object> parameters, UsageQuestion question) {
        Map<Grain, Part> parts = new EnumMap<>(Grain.class);
        Part part = new Part(question.from(), question.to());
        parameters.put("quarters", Splits.quarters(question));
        if (question.stepsIn(Grain.QUARTER)) {
            part = part.wholeSteps(Grain.QUARTER, startOfQuarters(question));
            parts.put(Grain.QUARTER, part);
        }
        for (Grain grain : SPANS) {
            Optional<String> split = Splits.of(question, grain);
            if (split.isPresent()) {
                part = part.wholeSteps(grain, splits.ask());
                parts.put(grain, part);
            }
            parameters.put(grain.plural() + "_split", split.orElse(""));
        }
        Part answered = new Part(part.to(), part.to());
        for (Grain grain : List.of(Grain.WEEK, Grain.DAY, Grain.HOUR, Grain.QUARTER)) {
            // A rollup that cannot answer has nothing beside what the coarser ones have.
            answered = parts.getOrDefault(grain, answered);
            parameters.put(grain.plural() + "_from_seconds", answered.from().getEpochSecond());
            parameters.put(grain.plural() + "_to_seconds", answered.to().getEpochSecond());
        }
    }

    private static boolean isByValue(UsageQuestion question) {
        return question.tag() != null || question.groupBy().contains(GroupBy.CUSTOMER);
    }

    private Instant startOfQuarters(UsageQuestion question) {
        return Objects.requireNonNull(quarters.get(Splits.quarters(question))).ask();
    }

    /** A part of a range of time; an empty one starts where it ends. */
    private record Part(Instant from, Instant to) {

        /** The whole steps in it that a rollup counts; an empty part at its end where there are none. */
        Part wholeSteps(Grain grain, Instant counted) {
            Instant first = grain.ceiling(counted.isAfter(from) ? counted : from);
            Instant last = grain.floor(to);
            return first.isBefore(last) ? new Part(first, last) : new Part(to, to);
        }
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

    private static UsageRow row(JsonNode row, UsageQuestion question) {
        String key = textOrNull(row, "group_key");
        return new UsageRow(
                Instant.ofEpochSecond(row.required("time_seconds").longValue()),
                textOrNull(row, "group_api"),
                key == null || key.equals(NO_KEY) ? null : ApiKeyId.of(key),
                textOrNull(row, "group_endpoint"),
                textOrNull(row, "group_model"),
                question.tag() == null ? textOrNull(row, "group_value") : null,
                question.tag() == null ? null : row.required("group_value").asString(),
                row.required("request_count").longValue(),
                row.required("refused_count").longValue(),
                row.required("error_count").longValue(),
                row.required("cost_nanos_sum").longValue(),
                UsedCounts.sum(row.path("token_sums"), row.path("used_counts")),
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
