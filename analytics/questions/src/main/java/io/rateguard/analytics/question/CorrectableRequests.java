package io.rateguard.analytics.question;

import io.rateguard.analytics.table.ClickHouse;
import io.rateguard.domain.event.Adjustment;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.id.WorkspaceId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Requests as one correction sees them: those that had been taken in when it began, each with what other corrections have
 * made of it. So it sees the same however often it is begun again.
 */
public final class CorrectableRequests {

    private final RequestLog log;
    private final Adjustments adjustments;

    public CorrectableRequests(ClickHouse clickHouse) {
        this.log = new RequestLog(clickHouse);
        this.adjustments = new Adjustments(clickHouse);
    }

    /** @param adjustments in the order they were made */
    public record Correctable(RequestEvent event, List<Adjustment> adjustments) {

        public Correctable {
            adjustments = List.copyOf(adjustments);
        }

        /** Whether a person has said what it cost: no price knows better. */
        public boolean isSaid() {
            return adjustments.stream()
                    .anyMatch(adjustment -> adjustment.reason().rerate() == null);
        }

        /** What the request costs now. */
        public long costNanos() {
            return event.metering().costNanos()
                    + adjustments.stream().mapToLong(Adjustment::costNanos).sum();
        }
    }

    /**
     * The next ones, newest first; empty at the end.
     *
     * @param reach up to which offset each partition counts
     * @param correction the journal whose adjustments do not count
     */
    public List<Correctable> page(
            WorkspaceId workspace,
            RequestFilter filter,
            Map<Integer, Long> reach,
            @Nullable Cursor after,
            int size,
            UUID correction) {
        List<RequestEvent> events = log.events(workspace, filter, reach, after, size);
        return withAdjustments(events, adjustments.withoutThoseOf(correction, workspace, filter, events));
    }

    /** One of them. */
    public Optional<Correctable> find(WorkspaceId workspace, RequestId id, UUID correction) {
        List<RequestEvent> events = log.find(workspace, id).stream().toList();
        RequestFilter any = RequestFilter.between(Instant.EPOCH, Instant.MAX);
        return withAdjustments(events, adjustments.withoutThoseOf(correction, workspace, any, events)).stream()
                .findFirst();
    }

    private static List<Correctable> withAdjustments(
            List<RequestEvent> events, Map<RequestId, List<Adjustment>> adjustments) {
        return events.stream()
                .map(event -> new Correctable(event, adjustments.getOrDefault(event.requestId(), List.of())))
                .toList();
    }
}
