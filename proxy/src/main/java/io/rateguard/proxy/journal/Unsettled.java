package io.rateguard.proxy.journal;

import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.event.RequestEventJson;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of the events that earlier runs may not have settled: those that Kafka had not acknowledged, and those of the
 * last ten minutes before the run ended.
 */
final class Unsettled implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Unsettled.class);
    private static final Duration SETTLED_AFTER = Duration.ofMinutes(10);

    private final Map<Journal, Long> acknowledged = new LinkedHashMap<>();
    private final Consumer<RequestEvent> consumer;
    private long newestMillis;

    /** @param journals as they were left: before anything of them is shipped */
    Unsettled(Iterable<Journal> journals, Consumer<RequestEvent> consumer) {
        journals.forEach(each -> acknowledged.put(each, each.acknowledged().get()));
        this.consumer = consumer;
    }

    @Override
    public void run() {
        acknowledged.forEach(this::tell);
    }

    private void tell(Journal journal, long acknowledgedSequence) {
        newestMillis = 0;
        read(journal, record -> newestMillis = Math.max(newestMillis, record.writtenAtMillis()));
        long settledBefore = newestMillis - SETTLED_AFTER.toMillis();
        read(journal, record -> {
            if (record.sequence() > acknowledgedSequence || record.writtenAtMillis() >= settledBefore) {
                tell(record);
            }
        });
        if (!Thread.currentThread().isInterrupted()) {
            journal.examined();
        }
    }

    private static void read(Journal journal, Consumer<JournalRecord> reader) {
        for (Segment each = journal.first(); each != null; each = each.next()) {
            try {
                each.readAll(record -> {
                    if (record.kind() == JournalRecord.Kind.CLOSED
                            && !Thread.currentThread().isInterrupted()) {
                        reader.accept(record);
                    }
                });
            } catch (DamagedRecordException toldAtRecovery) {
                LOG.debug("journal {}: {}", journal.id(), toldAtRecovery.getMessage());
            }
        }
    }

    private void tell(JournalRecord record) {
        try {
            consumer.accept(RequestEventJson.decode(record.json()));
        } catch (RuntimeException failure) {
            LOG.warn("journal: {} of an earlier run could not be settled again", record.requestId(), failure);
        }
    }
}
