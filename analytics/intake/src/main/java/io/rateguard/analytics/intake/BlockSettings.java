package io.rateguard.analytics.intake;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * When the blocks being gathered are full, and how they are inserted.
 *
 * @param maxAge of the oldest event among them
 * @param insertsAtOnce how many blocks, of different partitions, ClickHouse works on at the same time
 */
@ConfigurationProperties("rateguard.intake")
record BlockSettings(
        @DefaultValue("20000") int maxEvents,
        @DefaultValue("8MB") DataSize maxSize,
        @DefaultValue("300ms") Duration maxAge,
        @DefaultValue("2") int insertsAtOnce) {

    private static final int MOST_AT_ONCE = 8;

    BlockSettings {
        Expect.that("rateguard.intake.max-events", maxEvents, maxEvents >= 1 && maxEvents <= 100_000, "1 to 100000");
        Expect.that("rateguard.intake.max-size", maxSize, maxSize.toBytes() >= 1, "1 byte or more");
        Expect.that("rateguard.intake.max-age", maxAge, !maxAge.isNegative(), "0 or more");
        Expect.that(
                "rateguard.intake.inserts-at-once",
                insertsAtOnce,
                insertsAtOnce >= 1 && insertsAtOnce <= MOST_AT_ONCE,
                "1 to " + MOST_AT_ONCE);
    }
}
