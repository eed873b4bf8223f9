package io.rateguard.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FaultsTest {

    @Test
    void failsTheShareItIsGiven() {
        long failed =
                draws(0.05, 1, 20_000).stream().filter(OptionalInt::isPresent).count();

        assertThat(failed).isCloseTo(1_000, within(150L));
    }

    @Test
    void followsItsSeed() {
        assertThat(draws(0.5, 1, 100)).isEqualTo(draws(0.5, 1, 100)).isNotEqualTo(draws(0.5, 2, 100));
    }

    @Test
    void neverFailsAtZeroAndAlwaysAtOne() {
        assertThat(draws(0, 1, 100)).containsOnly(OptionalInt.empty());
        assertThat(draws(1, 1, 100)).doesNotContain(OptionalInt.empty());
    }

    private static List<OptionalInt> draws(double rate, long seed, int count) {
        Faults faults = new Faults(rate, seed);
        return IntStream.range(0, count)
                .mapToObj(i -> faults.next(Dialect.OPENAI))
                .toList();
    }
}
