package io.rateguard.analytics.question;

import io.rateguard.analytics.table.ClickHouse;
import io.rateguard.domain.event.Adjustment;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.id.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The single requests of a workspace, from the raw events. */
public final class RequestLog {

    public static final int MAX_ROWS = 1000;

    private static final String TEXT = QuestionText.of("request-log.sql");
    private static final String REACH = QuestionText.of("request-reach.sql");
    /** The year 2200: later than any event. */
    private static final long END_OF_TIME_MILLIS = 7_258_118_400_000L;

    /** Of newer rows the engine reads a few blocks; of all it opens every part, however old. */
    private static final Duration LATELY = Duration.ofDays(1);

    private final ClickHouse clickHouse;
    private final Adjustments adjustments;

    public RequestLog(ClickHouse clickHouse) {
        this.clickHouse = clickHouse;
        this.adjustments = new Adjustments(clickHouse);
    }

    /**
     * The next rows, newest first.
     *
     * @param after where the page before ended; null for the first
     */
    public RequestPage page(WorkspaceId workspace, RequestFilter filter, @Nullable Cursor after, int limit) {
        if (limit < 1 || limit > MAX_ROWS) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: 1 to " + MAX_ROWS + ")");
        }
        List<Recorded> found = newest(workspace, filter, after, limit + 1);
        List<RequestEvent> shown =
                found.stream().limit(limit).map(Recorded::event).toList();
        Cursor next = found.size() > limit ? cursorOf(shown.getLast()) : null;
        Map<RequestId, List<Adjustment>> corrected =
                found.stream().anyMatch(Recorded::mayBeCorrected) ? adjustments.of(workspace, shown) : Map.of();
        return new RequestPage(
                shown.stream()
                        .map(event -> RequestRow.of(event, corrected.getOrDefault(event.requestId(), List.of())))
                        .toList(),
                next,
                Recorded.reach(found, -1));
    }

    /** Looks further back than {@link #LATELY} only where that does not have so many. */
    private List<Recorded> newest(WorkspaceId workspace, RequestFilter filter, @Nullable Cursor after, int rows) {
        Map<String, Object> parameters = parameters(workspace, filter, after, rows);
        parameters.put("ask_whether_corrected", true);
        long end = after == null
                ? Math.min(filter.to().toEpochMilli(), System.currentTimeMillis())
                : after.chargedAtMillis();
        long lately = end - LATELY.toMillis();
        if (lately > filter.from().toEpochMilli()) {
            parameters.put("from_millis", lately);
            List<Recorded> found = recorded(parameters);
            if (found.size() == rows) {
                return found;
            }
            parameters.put("from_millis", filter.from().toEpochMilli());
        }
        return recorded(parameters);
    }

    /**
     * The next events, newest first, as they were recorded.
     *
     * @param reach up to which offset each partition counts
     */
    List<RequestEvent> events(
            WorkspaceId workspace, RequestFilter filter, Map<Integer, Long> reach, @Nullable Cursor after, int rows) {
        Map<String, Object> parameters = parameters(workspace, filter, after, rows);
        List<Integer> partitions = new ArrayList<>();
        List<Long> ends = new ArrayList<>();
        reach.forEach((partition, end) -> {
            partitions.add(partition);
            ends.add(end);
        });
        parameters.put("partitions", partitions);
        parameters.put("ends", ends);
        return ask(parameters);
    }

    /** Hands on all rows, newest first, a page at a time: whoever takes them may be slow, and there may be any number. */
    public void all(WorkspaceId workspace, RequestFilter filter, Consumer<RequestRow> row) {
        Cursor after = null;
        do {
            RequestPage page = page(workspace, filter, after, MAX_ROWS);
            page.items().forEach(row);
            after = page.next();
        } while (after != null);
    }

    /** How far the requests of a workspace have come in that were charged since an instant; -1 where none has. */
    public long reach(WorkspaceId workspace, Instant since) {
        return clickHouse
                .ask(REACH, Map.of("workspace", workspace.toString(), "from_millis", since.toEpochMilli()))
                .getFirst()
                .required("reach")
                .longValue();
    }

    /**
     * What has come in behind a reach, newest first.
     *
     * @param filter what is charged before its start has come in too late to be told
     * @param most when there are so many, there may be more
     */
    public Arrivals arrivals(WorkspaceId workspace, RequestFilter filter, long reach, int most) {
        Map<String, Object> parameters = parameters(workspace, filter, null, most);
        parameters.put("after_offset", reach);
        List<Recorded> found = recorded(parameters);
        return new Arrivals(
                found.stream().map(row -> RequestRow.of(row.event(), List.of())).toList(),
                Recorded.reach(found, reach));
    }

    /**
     * Requests that have come in.
     *
     * @param reach behind which the next ones will be
     */
    public record Arrivals(List<RequestRow> rows, long reach) {}

    /** The whole event of one request, as it was recorded. */
    public Optional<RequestEvent> find(WorkspaceId workspace, RequestId requestId) {
        Map<String, Object> parameters = everything(workspace);
        parameters.put("request_id", requestId.value());
        return ask(parameters).stream().findFirst();
    }

    private List<RequestEvent> ask(Map<String, Object> parameters) {
        return clickHouse.list(TEXT, parameters, EventReader::read);
    }

    private List<Recorded> recorded(Map<String, Object> parameters) {
        return clickHouse.list(TEXT, parameters, Recorded::read);
    }

    /**
     * @param offset in the partition that all requests of its workspace are in
     * @param mayBeCorrected whether any of that time was, where that was asked for
     */
    private record Recorded(RequestEvent event, long offset, boolean mayBeCorrected) {

        static Recorded read(JsonNode row) {
            return new Recorded(
                    EventReader.read(row),
                    row.required("kafka_offset").longValue(),
                    row.required("may_be_corrected").intValue() == 1);
        }

        static long reach(List<Recorded> rows, long least) {
            return rows.stream().mapToLong(Recorded::offset).reduce(least, Math::max);
        }
    }

    private static Cursor cursorOf(RequestEvent event) {
        return new Cursor(event.times().chargedAtMillis(), event.requestId());
    }

    private static Map<String, Object> parameters(
            WorkspaceId workspace, RequestFilter filter, @Nullable Cursor after, int rows) {
        Map<String, Object> parameters = everything(workspace);
        parameters.put("from_millis", filter.from().toEpochMilli());
        parameters.put("to_millis", filter.to().toEpochMilli());
        parameters.put("rows", rows);
        if (after != null) {
            parameters.put("to_millis", Math.min(filter.to().toEpochMilli(), after.chargedAtMillis() + 1));
            parameters.put("after_millis", after.chargedAtMillis());
            parameters.put("after_id", after.requestId().value());
        }
        if (filter.api() != null) {
            parameters.put("api", filter.api());
        }
        if (filter.key() != null) {
            parameters.put("key", filter.key().toString());
        }
        if (filter.model() != null) {
            parameters.put("model", filter.model());
        }
        if (filter.decision() != null) {
            parameters.put("decision", filter.decision().wireName());
        }
        if (filter.status() != null) {
            parameters.put("status", filter.status());
        }
        if (filter.customer() != null) {
            parameters.put("customer", filter.customer());
        }
        List<String> names = new ArrayList<>();
        List<String> values = new ArrayList<>();
        filter.tags().forEach((name, value) -> {
            names.add(name);
            values.add(value);
        });
        parameters.put("tag_names", names);
        parameters.put("tag_values", values);
        return parameters;
    }

    private static Map<String, Object> everything(WorkspaceId workspace) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("workspace", workspace.toString());
        parameters.put("from_millis", 0L);
        parameters.put("to_millis", END_OF_TIME_MILLIS);
        parameters.put("after_millis", END_OF_TIME_MILLIS);
        parameters.put("after_id", "");
        parameters.put("after_offset", -1L);
        parameters.put("partitions", List.of());
        parameters.put("ends", List.of());
        parameters.put("request_id", "");
        parameters.put("api", "");
        parameters.put("key", "");
        parameters.put("model", "");
        parameters.put("decision", "");
        parameters.put("status", -1);
        parameters.put("customer", "");
        parameters.put("tag_names", List.of());
        parameters.put("tag_values", List.of());
        parameters.put("rows", 1);
        parameters.put("ask_whether_corrected", false);
        return parameters;
    }
}
