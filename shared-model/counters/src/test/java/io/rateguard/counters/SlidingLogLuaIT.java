package io.rateguard.counters;

import io.rateguard.domain.limit.SlidingWindow;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The scripts pass the kit that the pure Java passes. */
class SlidingLogLuaIT extends SlidingLogKit {

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
    Subject start(SlidingWindow limit) {
        return new ScriptedLimit(on, limit);
    }
}
