package io.rateguard.counters;

import io.rateguard.counters.LimitKit.Step;
import io.rateguard.domain.id.LimitId;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.limit.Limit;
import io.rateguard.domain.limit.LimitMatch;
import io.rateguard.domain.limit.LimitRule;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.UUID;

/** A limit as the scripts count it on a real Redis. */
final class ScriptedLimit implements LimitKit.Subject {

    private record Granted(RequestId request, long atMillis) {}

    private final CountersOnRedis on;
    private final LimitRule rule;
    private final Queue<Granted> granted = new ArrayDeque<>();

    ScriptedLimit(CountersOnRedis on, Limit limit) {
        this.on = on;
        rule = new LimitRule(new LimitId(UUID.randomUUID()), "limit", LimitMatch.ALL, List.of(), limit);
    }

    @Override
    public Step take(long amount, long nowMillis) {
        on.nowMillis.set(nowMillis);
        RequestId request = CountersOnRedis.request();
        return switch (on.admit(request, on.claim(rule, amount))) {
            case Admission.Admitted admitted -> {
                granted.add(new Granted(request, nowMillis));
                yield step(true, 0, admitted.limits().getFirst());
            }
            case Admission.LimitReached reached ->
                step(false, reached.retryAfterMillis(), reached.limits().getFirst());
            case Admission other -> throw new IllegalStateException(other.toString());
        };
    }

    @Override
    public void correct(long taken, long actual, long nowMillis) {
        on.nowMillis.set(nowMillis);
        Granted oldest = granted.remove();
        on.settle(oldest.request(), oldest.atMillis(), on.used(rule, taken, actual));
    }

    private static Step step(boolean granted, long retryAfterMillis, LimitLevel level) {
        return new Step(granted, retryAfterMillis, level.remaining(), level.millisUntilFull());
    }
}
