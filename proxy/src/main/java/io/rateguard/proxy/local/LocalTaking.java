package io.rateguard.proxy.local;

import io.rateguard.counters.Admission;
import io.rateguard.counters.Claim;
import io.rateguard.domain.limit.LimitCounter;
import java.util.List;

/**
 * What a request took of this proxy's own counters, one for each limit of the claim.
 *
 * @param admission a refusal has taken nothing
 */
public record LocalTaking(Claim claim, Admission admission, long takenAtMillis, List<LimitCounter> counters) {

    public LocalTaking {
        counters = List.copyOf(counters);
    }
}
