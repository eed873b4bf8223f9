package io.rateguard.counters;

import io.rateguard.domain.limit.Concurrency;
import io.rateguard.domain.limit.SlidingWindow;
import io.rateguard.domain.limit.TokenBucket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** The scripts pass the kits that the pure Java passes. */
class LimitKindsLuaIT {

    private static CountersOnRedis on;

    @BeforeAll
    static void connect() {
        on = new CountersOnRedis();
    }

    @AfterAll
    static void disconnect() {
        on.close();
    }

    @Nested
    class TokenBuckets extends TokenBucketKit {
        @Override
        Subject start(TokenBucket limit) {
            return new ScriptedLimit(on, limit);
        }
    }

    @Nested
    class SlidingWindows extends SlidingWindowKit {
        @Override
        Subject start(SlidingWindow limit) {
            return new ScriptedLimit(on, limit);
        }
    }

    @Nested
    class SlidingLogs extends SlidingLogKit {
        @Override
        Subject start(SlidingWindow limit) {
            return new ScriptedLimit(on, limit);
        }
    }

    @Nested
    class Leases extends ConcurrencyKit {
        @Override
        Subject start(Concurrency limit) {
            return new ScriptedLimit(on, limit);
        }
    }
}
