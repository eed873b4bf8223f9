package io.rateguard.standalone.part;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RestartDelayTest {

    private final RestartDelay delays = new RestartDelay();

    @Test
    void doublesUpToHalfAMinute() {
        List<Long> seconds = Stream.generate(() -> delays.after(Duration.ofSeconds(2)))
                .limit(7)
                .map(Duration::toSeconds)
                .toList();

        assertThat(seconds).containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
    }

    @Test
    void startsAgainAtOneSecondAfterAGoodMinute() {
        delays.after(Duration.ZERO);
        delays.after(Duration.ZERO);

        assertThat(delays.after(Duration.ofMinutes(1))).isEqualTo(Duration.ofSeconds(1));
        assertThat(delays.after(Duration.ofSeconds(59))).isEqualTo(Duration.ofSeconds(2));
    }
}
