package io.rateguard.analytics.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.embedded.EmbeddedClickHouse;
import io.rateguard.embedded.fixture.Services;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf("isClickHouseOurs")
class OutageIT {

    static boolean isClickHouseOurs() {
        return Services.clickhouse().embedded().isPresent();
    }

    @Test
    void waitsForClickHouseAndGoesOnWhereItWas() {
        EmbeddedClickHouse clickHouse = Services.clickhouse().embedded().orElseThrow();
        try (Setup setup = new Setup()) {
            IntakeStatus status = new IntakeStatus();
            setup.start(status, step -> {});
            setup.traffic.send(300);
            Setup.await(
                    "first events",
                    () -> setup.rawCount() == setup.traffic.events().size());

            for (int outage = 0; outage < 2; outage++) {
                if (outage == 0) {
                    clickHouse.stop();
                } else {
                    clickHouse.kill();
                }
                setup.traffic.send(700);
                Setup.await("not ready", () -> status.notReadyBecause() != null);
                assertThat(status.notReadyBecause()).startsWith("ClickHouse: ");

                clickHouse.start();
                setup.traffic.send(100);
                setup.assertEverythingCameInOnce();
                Setup.await("ready", () -> status.notReadyBecause() == null);
            }
        } finally {
            clickHouse.start();
        }
    }
}
