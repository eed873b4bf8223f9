package io.rateguard.counters;

import io.rateguard.domain.id.LimitId;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.limit.LimitMatch;
import io.rateguard.domain.limit.LimitRule;
import io.rateguard.domain.limit.TokenBucket;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The bucket of the scripts passes the kit that the pure Java bucket passes. */
class BucketAgreementIT extends TokenBucketKit {

    private static CountersOnRedis on;

    @BeforeAll
    static void connect() {
        on = new CountersOnRedis();
    }

    @AfterAll
    static void disconnect() {
        on.close();
    }

    @Override
    Subject start(TokenBucket bucket) {
        LimitRule rule = new LimitRule(new LimitId(UUID.randomUUID()), "limit", LimitMatch.ALL, List.of(), bucket);
        return new Subject() {
            private final Queue<RequestId> granted = new ArrayDeque<>();

            @Override
            public Step take(long amount, long nowMillis) {
                on.nowMillis.set(nowMillis);
                RequestId request = CountersOnRedis.request();
                return switch (on.admit(request, on.claim(rule, amount))) {
                    case Admission.Admitted admitted -> {
                        granted.add(request);
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
                on.settle(granted.remove(), on.used(rule, taken, actual));
            }
        };
    }

    private static TokenBucketKit.Step step(boolean granted, long retryAfterMillis, LimitLevel level) {
        return new TokenBucketKit.Step(granted, retryAfterMillis, level.remaining(), level.millisUntilFull());
    }
}
