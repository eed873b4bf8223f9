package io.rateguard.counters;

import io.rateguard.domain.limit.LimitRule;

/** What a request wants of one limit: an amount in the limit's unit, from the counter of one partition. */
public record LimitClaim(LimitRule rule, String partition, long amount) {

    public LimitClaim {
        Amounts.requireCounted("amount", amount);
    }
}
