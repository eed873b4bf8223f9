package io.rateguard.standalone.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryTest {

    @Test
    void readsWhatIsAvailable() {
        assertThat(Memory.availableBytes(List.of("MemTotal:       24689876 kB", "MemAvailable:   23040000 kB")))
                .isEqualTo(23_040_000L * 1024);
    }

    @Test
    void knowsNothingFromAKernelThatDoesNotSay() {
        assertThat(Memory.availableBytes(List.of("MemTotal:       24689876 kB")))
                .isZero();
    }

    @Test
    void knowsThisMachine() {
        assertThat(Memory.availableBytes()).isPositive();
    }
}
