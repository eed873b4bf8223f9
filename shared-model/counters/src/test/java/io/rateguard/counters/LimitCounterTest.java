package io.rateguard.counters;

import io.rateguard.domain.limit.Concurrency;
import io.rateguard.domain.limit.SlidingWindow;
import io.rateguard.domain.limit.TokenBucket;
import org.junit.jupiter.api.Nested;

/** The pure Java of the domain passes the kits that the scripts pass. */
class LimitCounterTest {

    @Nested
    class TokenBuckets extends TokenBucketKit {
        @Override
        Subject start(TokenBucket limit) {
            return new CountedLimit(limit);
        }
    }

    @Nested
    class SlidingWindows extends SlidingWindowKit {
        @Override
        Subject start(SlidingWindow limit) {
            return new CountedLimit(limit);
        }
    }

    @Nested
    class SlidingLogs extends SlidingLogKit {
        @Override
        Subject start(SlidingWindow limit) {
            return new CountedLimit(limit);
        }
    }

    @Nested
    class Leases extends ConcurrencyKit {
        @Override
        Subject start(Concurrency limit) {
            return new CountedLimit(limit);
        }
    }
}
