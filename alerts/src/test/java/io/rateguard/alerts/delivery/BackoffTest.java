package io.rateguard.alerts.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final Instant CREATED = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void doublesFromASecondToFiveMinutes() {
        assertThat(Backoff.next(1, Duration.ZERO, CREATED, CREATED)).contains(Duration.ofSeconds(1));
        assertThat(Backoff.next(2, Duration.ZERO, CREATED, CREATED)).contains(Duration.ofSeconds(2));
        assertThat(Backoff.next(9, Duration.ZERO, CREATED, CREATED)).contains(Duration.ofSeconds(256));
        assertThat(Backoff.next(10, Duration.ZERO, CREATED, CREATED)).contains(Duration.ofMinutes(5));
        assertThat(Backoff.next(Integer.MAX_VALUE, Duration.ZERO, CREATED, CREATED))
                .contains(Duration.ofMinutes(5));
    }

    @Test
    void givesUpWhenTheNextTryWouldBeMoreThanADayAfter() {
        Instant dayLater = CREATED.plus(Backoff.GIVEN_UP_AFTER);

        assertThat(Backoff.next(20, Duration.ZERO, CREATED, dayLater.minus(Backoff.LONGEST)))
                .isPresent();
        assertThat(Backoff.next(
                        20,
                        Duration.ZERO,
                        CREATED,
                        dayLater.minus(Backoff.LONGEST).plusMillis(1)))
                .isEmpty();
    }

    @Test
    void leavesAReceiverAloneAsLongAsItAsks() {
        assertThat(Backoff.next(1, Duration.ofSeconds(30), CREATED, CREATED)).contains(Duration.ofSeconds(30));
        assertThat(Backoff.next(10, Duration.ofSeconds(30), CREATED, CREATED)).contains(Duration.ofMinutes(5));
    }
}
