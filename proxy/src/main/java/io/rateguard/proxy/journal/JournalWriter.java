package io.rateguard.proxy.journal;

import io.rateguard.domain.event.BudgetCrossed;
import io.rateguard.domain.event.RequestEvent;
import java.util.UUID;
import java.util.concurrent.Executor;

/** One event loop's journal. Used by that loop's thread only; never blocks. */
public interface JournalWriter {

    /** Which journal it writes. */
    UUID journal();

    /**
     * Before a request is forwarded, and again when more is held for it: the last counts.
     *
     * @param ifInterrupted the event as it will be recorded if nothing more is heard: charged by its hold
     */
    void opened(RequestEvent ifInterrupted);

    /** The whole event at its end, exactly one per opened request; alone for a request that was never forwarded. */
    void closed(RequestEvent event);

    /**
     * Runs the task once everything written so far is recorded in the sense of {@link Ack}, or has waited for that as long
     * as the settings allow.
     *
     * @param loop where it runs, unless that is here and now
     */
    void whenRecorded(Executor loop, Runnable task);

    /** Whether {@link #whenRecorded} never has to wait. */
    boolean recordsAtOnce();

    /** What a request's settlement brought about, in the order of the journal. */
    void told(BudgetCrossed event);
}
