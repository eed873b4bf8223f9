package io.rateguard.standalone.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

    private long nowNanos = 7;
    private int sleeps;
    private final Pace pace = new Pace(2_000, () -> nowNanos, nanos -> {
        nowNanos += nanos;
        sleeps++;
    });

    @Test
    void sendsNoMoreInASecondThanItsRate() {
        assertThat(tookToSend(10_000)).isBetween(Duration.ofMillis(4_900), Duration.ofMillis(5_000));
        assertThat(sleeps).isLessThanOrEqualTo(100);
    }

    @Test
    void doesNotMakeUpForAStall() {
        tookToSend(1_000);
        nowNanos += Duration.ofSeconds(10).toNanos();

        assertThat(tookToSend(2_000)).isBetween(Duration.ofMillis(900), Duration.ofMillis(1_000));
    }

    private Duration tookToSend(int events) {
        long startNanos = nowNanos;
        for (int i = 0; i < events; i++) {
            pace.await();
        }
        return Duration.ofNanos(nowNanos - startNanos);
    }
}
