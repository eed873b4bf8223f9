package io.rateguard.proxy.forward;

import io.rateguard.counters.Claim;
import io.rateguard.domain.money.Money;
import io.rateguard.proxy.dialect.ReplyMeter;
import io.rateguard.proxy.record.Bill;
import io.rateguard.proxy.stage.Admitted;
import io.rateguard.proxy.stage.Estimate;

/**
 * What the store holds for one call. A hold that is no bound grows with a stream that has cost more than was likely, to
 * half as much again as it has cost, so that budgets know of it before it ends. Written by the call's event loop alone.
 */
final class Hold {

    private static final long FIRST_LOOK_BYTES = 1_024;
    /** Each look comes when the reply has become so much longer: few looks, however long it becomes. */
    private static final int LOOKS_PER_LENGTH = 8;

    private final Growths growths;
    private final Estimate estimate;
    private final boolean grows;
    private volatile Claim claim;
    private Money held;
    private long lookAtBytes = FIRST_LOOK_BYTES;

    Hold(Admitted admitted, Growths growths) {
        this.growths = growths;
        estimate = admitted.understood().estimate();
        claim = admitted.counted();
        held = estimate.hold();
        grows = admitted.local() == null && !claim.budgets().isEmpty() && !estimate.bounded();
    }

    /** What is held now, or soon. */
    Claim claim() {
        return claim;
    }

    /** So much of a stream has passed. */
    void passed(long bytes, ReplyMeter meter) {
        if (!grows || bytes < lookAtBytes) {
            return;
        }
        lookAtBytes = bytes + bytes / LOOKS_PER_LENGTH;
        long spent = Bill.of(estimate, meter.reading()).cost().nanos();
        if (spent > held.nanos()) {
            held = Money.ofNanos(Math.min(spent + spent / 2, Money.MAX_COUNTED_NANOS));
            claim = claim.holding(held);
            growths.grow(claim);
        }
    }
}
