package io.rateguard.standalone.part;

import java.time.Duration;

/** How long to wait before a part that died is started again: 1 s, doubling to 30 s, and 1 s again after a good minute. */
public final class RestartDelay {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofSeconds(30);
    private static final Duration GOOD_RUN = Duration.ofMinutes(1);

    private Duration next = FIRST;

    /** @param ran how long the part was ready before it died; zero when it never was */
    public Duration after(Duration ran) {
        if (ran.compareTo(GOOD_RUN) >= 0) {
            next = FIRST;
        }
        Duration delay = next;
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(MOST) > 0 ? MOST : doubled;
        return delay;
    }
}
