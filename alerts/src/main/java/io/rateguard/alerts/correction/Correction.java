package io.rateguard.alerts.correction;

import io.rateguard.domain.correction.Findings;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.id.WorkspaceId;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A correction, as far as it has got.
 *
 * @param id also the journal of its entries, and the cause of what it changes in counters
 * @param askedAt when it was asked for: prices count as they were then
 * @param start none before it has begun
 * @param lease the number of the lease that it is held by
 */
record Correction(
        UUID id,
        WorkspaceId workspace,
        String author,
        Instant askedAt,
        Wanted wanted,
        @Nullable Start start,
        Progress progress,
        int lease) {

    /** What is wanted. */
    sealed interface Wanted {}

    /**
     * Costs by the prices of now, in a range of time by charge instants.
     *
     * @param isPreview whether only what would come of it is to be told
     */
    record Rerate(
            Instant from,
            Instant to,
            @Nullable String api,
            @Nullable String model,
            boolean isPreview) implements Wanted {}

    /** What one request costs, by somebody who knows. */
    record Manual(RequestId request, long costNanos, String note) implements Wanted {}

    /**
     * What stays the same until its end.
     *
     * @param reach up to which offset each partition had been taken in: later requests are none of its
     * @param partition where its entries go
     * @param epoch of the counters
     */
    record Start(Map<Integer, Long> reach, int partition, long epoch) {

        Start {
            reach = Map.copyOf(reach);
        }
    }

    /**
     * @param after the last request that was looked at, as a cursor; none at the beginning
     * @param place of that request among all of them, which numbers its entry
     */
    record Progress(@Nullable String after, long place, Findings findings) {

        static final Progress NONE = new Progress(null, 0, Findings.NONE);
    }
}
