package io.rateguard.analytics.question;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class GrainTest {

    private static final Instant WEDNESDAY = Instant.parse("2026-10-28T13:37:42Z");

    @Test
    void floorsToTheStartOfAStep() {
        assertThat(Grain.MINUTE.floor(WEDNESDAY)).isEqualTo("2026-10-28T13:37:00Z");
        assertThat(Grain.QUARTER.floor(WEDNESDAY)).isEqualTo("2026-10-28T13:30:00Z");
        assertThat(Grain.HOUR.floor(WEDNESDAY)).isEqualTo("2026-10-28T13:00:00Z");
        assertThat(Grain.DAY.floor(WEDNESDAY)).isEqualTo("2026-10-28T00:00:00Z");
        assertThat(Grain.WEEK.floor(WEDNESDAY)).isEqualTo("2026-10-26T00:00:00Z");
        assertThat(Grain.WEEK.floor(Instant.parse("1970-01-01T00:00:00Z"))).isEqualTo("1969-12-29T00:00:00Z");
    }

    @Test
    void whatStartsAStepIsItsOwnFloorAndCeiling() {
        for (Grain grain : Grain.values()) {
            Instant start = grain.floor(WEDNESDAY);

            assertThat(grain.floor(start)).isEqualTo(start);
            assertThat(grain.ceiling(start)).isEqualTo(start);
            assertThat(grain.ceiling(start.plusMillis(1))).isEqualTo(grain.ceiling(WEDNESDAY));
        }
        assertThat(Grain.WEEK.ceiling(WEDNESDAY)).isEqualTo("2026-11-02T00:00:00Z");
    }
}
