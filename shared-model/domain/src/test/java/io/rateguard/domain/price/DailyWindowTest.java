package io.rateguard.domain.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;

class DailyWindowTest {

    @Test
    void holdsFromItsStartUpToAndWithoutItsEnd() {
        DailyWindow day = window("00:30", "16:30");

        assertThat(day.contains(at("00:29:59.999"))).isFalse();
        assertThat(day.contains(at("00:30:00"))).isTrue();
        assertThat(day.contains(at("16:29:59.999"))).isTrue();
        assertThat(day.contains(at("16:30:00"))).isFalse();
    }

    @Test
    void goesOnPastMidnightWhenItEndsBeforeItStarts() {
        DailyWindow night = window("16:30", "00:30");

        assertThat(night.contains(at("16:29:59"))).isFalse();
        assertThat(night.contains(at("16:30:00"))).isTrue();
        assertThat(night.contains(at("00:00:00"))).isTrue();
        assertThat(night.contains(at("00:30:00"))).isFalse();
    }

    @Test
    void isNeverEmpty() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> window("16:30", "16:30"))
                .withMessage("until: 16:30 (expected: another time than from)");
    }

    private static DailyWindow window(String from, String until) {
        return new DailyWindow(LocalTime.parse(from), LocalTime.parse(until));
    }

    private static Instant at(String time) {
        return Instant.parse("2026-11-01T" + time + "Z");
    }
}
