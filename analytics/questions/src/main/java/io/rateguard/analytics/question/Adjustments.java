package io.rateguard.analytics.question;

import io.rateguard.analytics.table.ClickHouse;
import io.rateguard.domain.event.Adjustment;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.id.WorkspaceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
            List<String> ids =
                    part.stream().map(event -> event.requestId().value()).toList();
            all.putAll(ask(workspace, part, ids, ""));
        }
        return all;
    }

    /** Of all requests in the range of time that these span, but for what one journal has made. */
    Map<RequestId, List<Adjustment>> within(WorkspaceId workspace, List<RequestEvent> requests, UUID withoutJournal) {
        return requests.isEmpty() ? Map.of() : ask(workspace, requests, List.of(), withoutJournal.toString());
    }

    private Map<RequestId, List<Adjustment>> ask(
            WorkspaceId workspace, List<RequestEvent> requests, List<String> ids, String withoutJournal) {
        Map<String, Object> parameters = new HashMap<>();
        List<Long> times = new ArrayList<>();
        requests.forEach(event -> times.add(event.times().chargedAtMillis()));
        parameters.put("workspace", workspace.toString());
        parameters.put(
                "from_millis", times.stream().mapToLong(Long::longValue).min().orElseThrow());
        parameters.put(
                "to_millis", times.stream().mapToLong(Long::longValue).max().orElseThrow() + 1);
        parameters.put("request_ids", ids);
        parameters.put("without_journal", withoutJournal);
        return clickHouse.list(TEXT, parameters, EventReader::adjustment).stream()
                .collect(Collectors.groupingBy(Adjustment::request));
    }
}
