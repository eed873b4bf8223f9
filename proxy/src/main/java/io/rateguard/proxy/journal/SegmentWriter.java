package io.rateguard.proxy.journal;

import io.rateguard.domain.event.BudgetCrossed;
import io.rateguard.domain.event.Event;
import io.rateguard.domain.event.EventJson;
import io.rateguard.domain.event.PartitionChoice;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.id.WorkspaceId;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.Executor;

/** Writes one journal into one segment after the other. */
final class SegmentWriter implements JournalWriter {

    private final Journal journal;
    private final Acknowledgements acknowledgements;
    private final SegmentSupply supply;
    private final int partitions;
    private final Clock clock;
    private final RecordEncoder encoder = new RecordEncoder();
    private Segment current;
    private long number;
    private long sequence;

    SegmentWriter(
            Journal journal,
            Acknowledgements acknowledgements,
            Segment first,
            SegmentSupply supply,
            int partitions,
            Clock clock) {
        this.journal = journal;
        this.acknowledgements = acknowledgements;
        this.supply = supply;
        this.partitions = partitions;
        this.clock = clock;
        this.current = first;
        this.number = current.number();
    }

    @Override
    public UUID journal() {
        return journal.id();
    }

    @Override
    public void opened(RequestEvent ifInterrupted) {
        write(
                JournalRecord.Kind.OPENED,
                0,
                ifInterrupted.caller().workspace(),
                ifInterrupted.requestId(),
                ifInterrupted);
    }

    @Override
    public void closed(RequestEvent event) {
        ship(JournalRecord.Kind.CLOSED, event.caller().workspace(), event.requestId(), event);
    }

    @Override
    public void told(BudgetCrossed event) {
        ship(JournalRecord.Kind.TOLD, event.workspace(), event.cause(), event);
    }

    @Override
    public void whenRecorded(Executor loop, Runnable task) {
        acknowledgements.then(sequence, loop, task);
    }

    @Override
    public boolean recordsAtOnce() {
        return acknowledgements.atOnce();
    }

    private void ship(JournalRecord.Kind kind, WorkspaceId workspace, RequestId request, Event event) {
        write(kind, sequence + 1, workspace, request, event);
        sequence++;
        journal.written(sequence);
    }

    private void write(
            JournalRecord.Kind kind, long recordSequence, WorkspaceId workspace, RequestId request, Event event) {
        byte[] json = EventJson.encode(event);
        if (json.length > supply.largestEventBytes()) {
            throw new IllegalArgumentException("event of " + request + ": " + json.length + " bytes (expected: at most "
                    + supply.largestEventBytes() + ")");
        }
        encoder.encode(
                kind,
                PartitionChoice.of(workspace, partitions),
                recordSequence,
                clock.millis(),
                workspace,
                request,
                json);
        if (!current.append(encoder, json)) {
            roll();
            current.append(encoder, json);
        }
    }

    private void roll() {
        Segment following = supply.take(++number);
        current.link(following);
        current = following;
    }
}
