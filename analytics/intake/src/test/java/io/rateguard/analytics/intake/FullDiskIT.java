package io.rateguard.analytics.intake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ClickHouse has no room for another block: it refuses it, in raw or in the middle of its rollups. */
class FullDiskIT {

    @ParameterizedTest
    @ValueSource(strings = {"requests", "usage_by_quarter", "usage_by_split", "marks"})
    void waitsForRoomAndTakesEverythingInOnce(String full) {
        try (Setup setup = new Setup()) {
            IntakeStatus status = new IntakeStatus();
            setup.start(status, step -> {});
            setup.traffic.send(300);
            setup.assertEverythingCameInOnce();

            setup.refuse(full, true);
            setup.traffic.send(700);
            Setup.await("not ready", () -> status.notReadyBecause() != null);
            assertThat(status.notReadyBecause()).startsWith("ClickHouse: ").contains("free");
            setup.traffic.send(2_000);
            assertThat(setup.rawCount()).as("one block at most").isLessThanOrEqualTo(1_000);

            setup.refuse(full, false);
            setup.assertEverythingCameInOnce();
            Setup.await("ready", () -> status.notReadyBecause() == null);
        }
    }
}
