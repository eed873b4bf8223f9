package io.rateguard.proxy.forward;

import io.rateguard.counters.Epoch;
import java.util.concurrent.CompletionStage;

/**
 * What is known of a call's holds at its end, for the case that the store has lost them.
 *
 * @param heldIn the epoch in which they were taken, or taken again; {@link Epoch#NONE} where there are none
 * @param reportedIn the epoch in which the charges of its journal were last reported: this one is not among them
 * @param reheld completes when those that are taken again have arrived
 */
record Ended(long heldIn, long reportedIn, CompletionStage<Void> reheld) {

    /** Whether an epoch has begun that this proxy has not reported in. */
    boolean isMissedBy(long epoch) {
        return epoch != Epoch.NONE && heldIn != epoch && reportedIn != epoch;
    }

    /** Whether a store that does not know it in this epoch has not been told of it in any way. */
    boolean isLostIn(long epoch) {
        return epoch != Epoch.NONE && heldIn != epoch && reportedIn == epoch;
    }
}
