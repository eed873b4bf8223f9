package io.rateguard.proxy.journal;

import io.rateguard.domain.event.Outcome;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.event.RequestEvent.Times;
import io.rateguard.domain.event.RequestEvent.Verdict;
import io.rateguard.domain.event.RequestEventJson;
import io.rateguard.domain.id.RequestId;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one journal that an earlier run left, and closes what was open. The closing records are on disk, all or none,
 * before anything of the journal is shipped: a crash in between leads to the same journal.
 */
final class Recovery {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final JournalFolder folder;
    private final Clock clock;
    private final Map<RequestId, JournalRecord> open = new LinkedHashMap<>();
    private long lastSequence;

    private Recovery(JournalFolder folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /** @return nothing when the journal had not been written to; its folder is gone then */
    static Optional<Journal> of(JournalFolder folder, Clock clock) throws IOException {
        return new Recovery(folder, clock).journal();
    }

    private Optional<Journal> journal() throws IOException {
        List<MappedSegment> segments = segmentsAfter(folder.openCarried());
        AcknowledgedSequence acknowledged = AcknowledgedSequence.open(folder.acknowledged());
        lastSequence = acknowledged.get();
        segments.forEach(this::read);
        if (!open.isEmpty()) {
            folder.force(segments);
            long number = segments.isEmpty() ? 1 : segments.getLast().number() + 1;
            List<JournalRecord> interrupted = closeAll();
            LOG.warn("journal {}: {} requests were interrupted, charged by their hold", folder.journal(), open.size());
            segments.add(folder.writeSegment(number, interrupted));
        }
        if (segments.isEmpty()) {
            folder.remove();
            return Optional.empty();
        }
        return Optional.of(Journal.left(folder, acknowledged, segments, lastSequence));
    }

    /** Carried records stand for all segments before their number, which may not have been deleted yet. */
    private List<MappedSegment> segmentsAfter(@Nullable MappedSegment carried) throws IOException {
        List<MappedSegment> segments = folder.openSegments();
        if (carried == null) {
            return segments;
        }
        read(carried);
        List<MappedSegment> after = new ArrayList<>();
        for (MappedSegment each : segments) {
            if (each.number() < carried.number()) {
                each.delete();
            } else {
                after.add(each);
            }
        }
        carried.unmap();
        return after;
    }

    private void read(MappedSegment segment) {
        try {
            segment.readAll(this::read);
        } catch (DamagedRecordException damage) {
            LOG.warn("journal {}: {} ends early: {}", folder.journal(), segment.file(), damage.getMessage());
        }
    }

    private void read(JournalRecord record) {
        switch (record.kind()) {
            case OPENED -> open.put(record.requestId(), record);
            case CLOSED -> {
                open.remove(record.requestId());
                follow(record.sequence());
            }
            case TOLD -> follow(record.sequence());
        }
    }

    private void follow(long sequence) {
        if (sequence > lastSequence + 1 && lastSequence > 0) {
            LOG.warn("journal {}: sequences {} to {} are lost", folder.journal(), lastSequence + 1, sequence - 1);
        }
        lastSequence = Math.max(lastSequence, sequence);
    }

    private List<JournalRecord> closeAll() {
        long now = clock.millis();
        List<JournalRecord> closed = new ArrayList<>();
        for (JournalRecord each : open.values()) {
            closed.add(new JournalRecord(
                    JournalRecord.Kind.CLOSED,
                    each.partition(),
                    ++lastSequence,
                    now,
                    each.workspace(),
                    each.requestId(),
                    interrupted(each, now)));
        }
        return closed;
    }

    private byte[] interrupted(JournalRecord opened, long now) {
        try {
            return RequestEventJson.encode(interrupted(RequestEventJson.decode(opened.json()), now));
        } catch (IllegalArgumentException ofAnotherVersion) {
            LOG.warn("journal {}: shipped as it was opened: {}", folder.journal(), ofAnotherVersion.getMessage());
            return opened.json();
        }
    }

    private static RequestEvent interrupted(RequestEvent opened, long now) {
        Times times = opened.times();
        Verdict verdict = opened.verdict();
        return new RequestEvent(
                opened.requestId(),
                opened.caller(),
                opened.call(),
                new Times(
                        times.chargedAtMillis(),
                        times.arrivedAtMillis(),
                        now,
                        times.totalMicros(),
                        times.upstreamMicros(),
                        times.overheadMicros(),
                        times.firstByteMicros()),
                new Verdict(
                        verdict.decision(),
                        verdict.status(),
                        Outcome.INTERRUPTED,
                        verdict.refusal(),
                        verdict.degraded(),
                        verdict.shadowed()),
                opened.metering(),
                opened.charges());
    }
}
