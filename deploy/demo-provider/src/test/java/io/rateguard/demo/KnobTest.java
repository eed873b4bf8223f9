package io.rateguard.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KnobTest {

    @ParameterizedTest
    @EnumSource
    void isFoundByItsHeaderInAnyCase(Knob knob) {
        assertThat(Knob.ofHeader(knob.header().toLowerCase())).contains(knob);
        assertThat(knob.option()).matches("--[a-z0-9-]+");
    }

    @Test
    void takesNumbersWithinItsBounds() {
        assertThat(Knob.CHUNKS.parse("1")).isEqualTo(1);
        assertThat(Knob.CHUNKS.parse("1000000")).isEqualTo(1_000_000);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Knob.CHUNKS.parse("1000001"))
                .withMessage("X-Demo-Chunks: 1000001 (expected: a whole number from 1 to 1000000)");
        assertThatIllegalArgumentException().isThrownBy(() -> Knob.CHUNKS.parse("99999999999999999999"));
    }

    @Test
    void hasAChoiceForEachPlaceToAbort() {
        for (Behaviour.Abort abort : Behaviour.Abort.values()) {
            if (abort == Behaviour.Abort.NEVER) {
                continue;
            }
            String value = abort.name().toLowerCase().replace('_', '-');
            assertThat(Behaviour.PLAIN.with(Knob.ABORT, value).abort()).isEqualTo(abort);
        }
        assertThat(Behaviour.PLAIN.abort()).isEqualTo(Behaviour.Abort.NEVER);
    }

    @Test
    void leavesABehaviourAsItWasWhenAKnobIsTurned() {
        Behaviour slow = Behaviour.PLAIN.with(Knob.LATENCY_MILLIS, "5");

        slow.with(Knob.LATENCY_MILLIS, "6");

        assertThat(slow.get(Knob.LATENCY_MILLIS)).isEqualTo(5);
        assertThat(Behaviour.PLAIN.has(Knob.LATENCY_MILLIS)).isFalse();
    }
}
