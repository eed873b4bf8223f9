package io.rateguard.drills.store;

import io.rateguard.drills.ground.Ground;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Something that happens to Redis, or to others while Redis has lost what it counted.
 *
 * @param emptied whether limits begin anew, so that one more limit may pass
 * @param away how long nothing answers
 */
record Fault(String name, boolean emptied, Consumer<Ground> begin, Duration away, Consumer<Ground> end) {

    private static final Consumer<Ground> PAUSE = ground -> ground.redis().pause();
    private static final Consumer<Ground> RESUME = ground -> ground.redis().resume();
    private static final Consumer<Ground> KILL = ground -> ground.redis().kill();

    static final List<Fault> ALL = List.of(
            new Fault("paused for 200 ms", false, PAUSE, Duration.ofMillis(200), RESUME),
            new Fault("paused for 10 s", false, PAUSE, Duration.ofSeconds(10), RESUME),
            new Fault(
                    "killed, 5 s later started",
                    false,
                    KILL,
                    Duration.ofSeconds(5),
                    ground -> ground.redis().start()),
            new Fault("emptied", true, ground -> ground.redis().flush(), Duration.ZERO, ground -> {}),
            new Fault(
                    "killed, 5 s later started empty",
                    true,
                    KILL,
                    Duration.ofSeconds(5),
                    ground -> ground.redis().startEmpty()));
}
