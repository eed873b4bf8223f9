package io.rateguard.domain.limit;

import io.rateguard.domain.id.LimitId;
import java.util.List;

/** A limit of a workspace: whom it looks at, what it counts apart, and how much it lets pass. */
public record LimitRule(LimitId id, String name, LimitMatch match, List<Partition> per, TokenBucket bucket) {

    public LimitRule {
        per = List.copyOf(per);
    }
}
