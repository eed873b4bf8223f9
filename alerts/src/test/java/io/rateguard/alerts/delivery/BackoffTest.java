package io.rateguard.alerts.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final Instant CREATED = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void doublesFromASecondToFiveMinutes() {
        assertThat(next(1, Duration.ZERO, CREATED)).contains(Duration.ofSeconds(1));
        assertThat(next(2, Duration.ZERO, CREATED)).contains(Duration.ofSeconds(2));
        assertThat(next(9, Duration.ZERO, CREATED)).contains(Duration.ofSeconds(256));
        assertThat(next(10, Duration.ZERO, CREATED)).contains(Duration.ofMinutes(5));
        assertThat(next(Integer.MAX_VALUE, Duration.ZERO, CREATED)).contains(Duration.ofMinutes(5));
    }

    @Test
    void whatFailedTogetherComesBackApart() {
        Random random = new Random(5);
        List<Duration> pauses = Stream.generate(() ->
                        Backoff.next(5, Duration.ZERO, CREATED, CREATED, random).orElseThrow())
                .limit(1_000)
                .toList();

        assertThat(pauses)
                .allSatisfy(pause -> assertThat(pause).isBetween(Duration.ofSeconds(12), Duration.ofSeconds(16)));
        assertThat(pauses.stream().distinct().count()).isGreaterThan(500);
    }

    @Test
    void givesUpWhenTheNextTryWouldBeMoreThanADayAfter() {
        Instant dayLater = CREATED.plus(Backoff.GIVEN_UP_AFTER);

        assertThat(next(20, Duration.ZERO, dayLater.minus(Backoff.LONGEST))).isPresent();
        assertThat(next(20, Duration.ZERO, dayLater.minus(Backoff.LONGEST).plusMillis(1)))
                .isEmpty();
    }

    @Test
    void leavesAReceiverAloneAsLongAsItAsks() {
        assertThat(next(1, Duration.ofSeconds(30), CREATED)).contains(Duration.ofSeconds(30));
        assertThat(next(10, Duration.ofSeconds(30), CREATED)).contains(Duration.ofMinutes(5));
    }

    /** No sooner than the full pause. */
    private static Optional<Duration> next(int attempts, Duration asked, Instant now) {
        return Backoff.next(attempts, asked, CREATED, now, () -> 0);
    }
}
