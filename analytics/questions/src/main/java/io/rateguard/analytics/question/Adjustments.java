package io.rateguard.analytics.question;

import io.rateguard.analytics.table.ClickHouse;
import io.rateguard.domain.event.Adjustment;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.id.WorkspaceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** What recorded requests were corrected by. */
public final class Adjustments {

    private static final String TEXT = QuestionText.of("adjustments.sql");

    /** As many ids as every proxy between here and there lets pass in one address. */
    private static final int IDS_TOGETHER = 150;

    private final ClickHouse clickHouse;

    public Adjustments(ClickHouse clickHouse) {
        this.clickHouse = clickHouse;
    }

    /** Of these requests of a workspace, each one's in the order they were made; requests without any are left out. */
    public Map<RequestId, List<Adjustment>> of(WorkspaceId workspace, List<RequestEvent> requests) {
        Map<RequestId, List<Adjustment>> all = new HashMap<>();
        for (int from = 0; from < requests.size(); from += IDS_TOGETHER) {
            List<RequestEvent> part = requests.subList(from, Math.min(from + IDS_TOGETHER, requests.size()));
            Map<String, Object> parameters = within(workspace, part);
            parameters.put(
                    "request_ids",
                    part.stream().map(event -> event.requestId().value()).toList());
            all.putAll(ask(parameters, part));
        }
        return all;
    }

    /**
     * As {@link #of}, for more requests than can be named, and but for what one journal has made. All of the time that
     * they span are read, and no more kept than belong to them.
     *
     * @param filter whose API and model they have
     */
    Map<RequestId, List<Adjustment>> withoutThoseOf(
            UUID journal, WorkspaceId workspace, RequestFilter filter, List<RequestEvent> requests) {
        if (requests.isEmpty()) {
            return Map.of();
        }
        Map<String, Object> parameters = within(workspace, requests);
        parameters.put("without_journal", journal.toString());
        parameters.put("api", Objects.requireNonNullElse(filter.api(), ""));
        parameters.put("model", Objects.requireNonNullElse(filter.model(), ""));
        return ask(parameters, requests);
    }

    private Map<RequestId, List<Adjustment>> ask(Map<String, Object> parameters, List<RequestEvent> requests) {
        Set<String> ids =
                requests.stream().map(event -> event.requestId().value()).collect(Collectors.toSet());
        Map<RequestId, List<Adjustment>> found = new HashMap<>();
        clickHouse.ask(TEXT, parameters, row -> {
            if (ids.contains(row.required("request_id").asString())) {
                Adjustment adjustment = EventReader.adjustment(row);
                found.computeIfAbsent(adjustment.request(), first -> new ArrayList<>())
                        .add(adjustment);
            }
        });
        return found;
    }

    /** Everything within the range of time that requests span. */
    private static Map<String, Object> within(WorkspaceId workspace, List<RequestEvent> requests) {
        LongSummaryStatistics times = requests.stream()
                .mapToLong(event -> event.times().chargedAtMillis())
                .summaryStatistics();
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("workspace", workspace.toString());
        parameters.put("from_millis", times.getMin());
        parameters.put("to_millis", times.getMax() + 1);
        parameters.put("request_ids", List.of());
        parameters.put("without_journal", "");
        parameters.put("api", "");
        parameters.put("model", "");
        return parameters;
    }
}
