package io.rateguard.drills.events;

import java.time.Duration;

/**
 * How much is sent, and what happens meanwhile.
 *
 * @param events at least; more are sent while parts still have to die
 * @param sending how long that takes when nothing is away
 * @param killsOfEach of proxies, intakes, Kafka and ClickHouse, each
 * @param away how long Kafka and ClickHouse are gone once, each
 */
public record Scale(int events, Duration sending, int killsOfEach, Duration away) {

    /** With fewer, parts would die while nothing is on its way. */
    public static final int FEWEST = 20_000;

    public Scale {
        if (events < FEWEST) {
            throw new IllegalArgumentException("events: " + events + " (expected: " + FEWEST + " or more)");
        }
    }

    /** Five kills of each, a minute away, and a pace of the events over three minutes. */
    public static Scale of(int events) {
        return new Scale(events, Duration.ofMinutes(3), 5, Duration.ofMinutes(1));
    }
}
