package io.rateguard.counters;

import io.rateguard.domain.limit.Concurrency;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The scripts pass the kit that the pure Java passes. */
class ConcurrencyLuaIT extends ConcurrencyKit {

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
    Subject start(Concurrency limit) {
        return new ScriptedLimit(on, limit);
    }
}
