package io.rateguard.drills.events;

import io.rateguard.analytics.table.ClickHouse;
import io.rateguard.domain.id.WorkspaceId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What ClickHouse has: the raw events, and every rollup of them. Each event of a drill has one tag and one charge. */
record Tables(ClickHouse clickHouse) {

    static final Counted RAW = new Counted("requests", "requests", "count()", "sum(cost_nanos)");
    static final List<Counted> ROLLUPS = Stream.of(
                    Stream.of(
                                    "usage_by_minute",
                                    "usage_by_quarter",
                                    "usage_by_model",
                                    "usage_by_tag",
                                    "usage_by_customer")
                            .map(table -> rollup(table, table, "cost_nanos")),
                    Stream.of("all", "model", "key", "endpoint", "tag").map(split -> span("hour", split)),
                    Stream.of("model", "key", "key.model", "endpoint", "customer", "tag")
                            .map(split -> span("day", split)),
                    Stream.of("model", "key", "endpoint", "customer").map(split -> span("week", split)),
                    Stream.of(rollup("budget_charges", "budget_charges", "charged_nanos")))
            .flatMap(each -> each)
            .toList();

    private static final String ASK = """
            SELECT toString(workspace_id) AS workspace, %s AS request_count, %s AS cost_sum
            FROM %s
            GROUP BY workspace
            SETTINGS output_format_json_quote_64bit_integers = 0
            FORMAT JSONEachRow
            """;
    private static final String ONE = """
            SELECT %s AS answer
            SETTINGS output_format_json_quote_64bit_integers = 0
            FORMAT JSONEachRow
            """;
    private static final String OF_WORKSPACE = """
            SELECT request_id, outcome, cost_nanos
            FROM requests
            WHERE workspace_id = {workspace:UUID}
            ORDER BY request_id
            SETTINGS output_format_json_quote_64bit_integers = 0
            FORMAT JSONEachRow
            """;

    /**
     * A table, or the part of one in which each request counts once.
     *
     * @param from it and a condition
     * @param requests how they are counted
     * @param cost how it is summed
     */
    record Counted(String name, String from, String requests, String cost) {}

    /** A raw event. */
    record Row(String id, String outcome, long costNanos) {}

    Map<WorkspaceId, Sums> sums(Counted table) {
        Map<WorkspaceId, Sums> sums = new HashMap<>();
        for (JsonNode row : clickHouse.ask(ASK.formatted(table.requests(), table.cost(), table.from()), Map.of())) {
            sums.put(
                    WorkspaceId.of(row.required("workspace").asString()),
                    new Sums(
                            row.required("request_count").longValue(),
                            row.required("cost_sum").longValue()));
        }
        return sums;
    }

    List<Row> rows(WorkspaceId workspace) {
        return clickHouse.list(
                OF_WORKSPACE,
                Map.of("workspace", workspace.toString()),
                row -> new Row(
                        row.required("request_id").asString(),
                        row.required("outcome").asString(),
                        row.required("cost_nanos").longValue()));
    }

    /** How many raw events are there beside another one of the same request. */
    long twice() {
        return one("(SELECT count() - uniqExact(request_id) FROM requests)");
    }

    /** By how many raw events the rollup that is furthest behind has fewer. */
    long ahead() {
        return one("(SELECT count() FROM requests) - least("
                + ROLLUPS.stream()
                        .map(rollup -> "(SELECT toInt64(" + rollup.requests() + ") FROM " + rollup.from() + ")")
                        .collect(Collectors.joining(", "))
                + ")");
    }

    private long one(String expression) {
        return clickHouse
                .ask(ONE.formatted(expression), Map.of())
                .getFirst()
                .required("answer")
                .longValue();
    }

    private static Counted span(String span, String split) {
        return rollup(
                "usage_by_split, " + span + " by " + split,
                "usage_by_split WHERE span = '" + span + "' AND "
                        + (split.equals("tag") ? "startsWith(split, 'tag.')" : "split = '" + split + "'"),
                "cost_nanos");
    }

    private static Counted rollup(String name, String from, String cost) {
        return new Counted(name, from, "sum(requests)", "sum(" + cost + ")");
    }
}
