package io.rateguard.proxy.forward;

import io.rateguard.counters.Claim;
import io.rateguard.domain.money.Money;
import io.rateguard.proxy.dialect.ReplyMeter;
import io.rateguard.proxy.journal.JournalWriter;
import io.rateguard.proxy.record.Bill;
import io.rateguard.proxy.record.CallRecord;
import io.rateguard.proxy.stage.Admitted;

/**
 * What the store holds for one call. A hold that is no bound grows with a stream that has cost more than was likely, to
 * half as much again as it has cost, so that budgets know of it before it ends; what is charged should the proxy die grows
 * with it. Written by the call's event loop alone.
 */
final class Hold {

    private static final long FIRST_LOOK_BYTES = 1_024;

    /** Each look comes when the reply has become so much longer: few looks, however long it becomes. */
    private static final int LOOKS_PER_LENGTH = 8;

    private final JournalWriter journal;
    private final Growths growths;
    private final boolean grows;
    private volatile Admitted admitted;
    private volatile boolean missed;
    private long lookAtBytes = FIRST_LOOK_BYTES;

    Hold(Admitted admitted, JournalWriter journal, Growths growths) {
        this.admitted = admitted;
        this.journal = journal;
        this.growths = growths;
        grows = admitted.local() == null
                && !admitted.counted().budgets().isEmpty()
                && !admitted.understood().estimate().bounded();
    }

    /** The call with what is held for it now, or soon. */
    Admitted admitted() {
        return admitted;
    }

    Claim claim() {
        return admitted.counted();
    }

    /** So much of a stream has passed. */
    void passed(long bytes, ReplyMeter meter) {
        if (!grows || bytes < lookAtBytes) {
            return;
        }
        lookAtBytes = bytes + bytes / LOOKS_PER_LENGTH;
        long spent = Bill.of(admitted.understood().estimate(), meter.reading())
                .cost()
                .nanos();
        if (spent > admitted.hold().nanos()) {
            admitted = admitted.holding(Money.ofNanos(Math.min(spent + spent / 2, Money.MAX_COUNTED_NANOS)));
            journal.opened(CallRecord.ifInterrupted(admitted));
            grow();
        } else if (missed) {
            grow();
        }
    }

    private void grow() {
        missed = false;
        growths.grow(claim(), () -> missed = true);
    }
}
