package io.rateguard.domain.limit;

import io.rateguard.domain.id.LimitId;
import io.rateguard.domain.money.Money;
import io.rateguard.domain.usage.Usage;
import java.util.List;

/**
 * A limit of a workspace: whom it looks at, what it counts apart, and how much it lets pass.
 *
 * @param weights how much tokens count where the limit counts weighted ones
 * @param mode a shadow counts what it lets pass and tells what it would have refused, which it then does not count
 */
public record LimitRule(
        LimitId id,
        String name,
        LimitMatch match,
        List<Partition> per,
        Limit limit,
        TokenWeights weights,
        LimitMode mode,
        OnStoreFailure onStoreFailure) {

    public LimitRule {
        per = List.copyOf(per);
        if (limit.unit() != LimitUnit.WEIGHTED_TOKENS && !weights.equals(TokenWeights.EVEN)) {
            throw new IllegalArgumentException("weightsPermille: (expected: absent, unless limit.unit is "
                    + LimitUnit.WEIGHTED_TOKENS.wireName() + ")");
        }
    }

    public LimitRule(LimitId id, String name, LimitMatch match, List<Partition> per, Limit limit) {
        this(id, name, match, per, limit, TokenWeights.EVEN, LimitMode.ENFORCE, OnStoreFailure.LOCAL);
    }

    public boolean isShadow() {
        return mode == LimitMode.SHADOW;
    }

    /** How much one request of this usage and cost counts; cost in nano-dollars. */
    public long amountOf(Usage usage, Money cost) {
        return limit.unit().amountOf(usage, cost, weights);
    }

    /** This rule, of other requests. */
    public LimitRule matching(LimitMatch other) {
        return new LimitRule(id, name, other, per, limit, weights, mode, onStoreFailure);
    }

    /** This rule with what one of so many proxies may let pass by itself. */
    public LimitRule shareOf(int proxies) {
        return new LimitRule(id, name, match, per, limit.shareOf(proxies), weights, mode, onStoreFailure);
    }
}
