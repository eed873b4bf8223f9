package io.rateguard.counters;

import io.rateguard.domain.limit.LimitRule;

/** What a request took of a limit at admission, and what it turned out to use. */
public record LimitSettlement(LimitRule rule, String partition, long takenAmount, long actualAmount) {

    public LimitSettlement {
        Amounts.requireCounted("takenAmount", takenAmount);
        Amounts.requireCounted("actualAmount", actualAmount);
    }
}
