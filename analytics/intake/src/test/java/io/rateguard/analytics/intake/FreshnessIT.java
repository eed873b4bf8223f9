package io.rateguard.analytics.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.analytics.table.ClickHouse;
import io.rateguard.analytics.table.ClickHouseFailure;
import io.rateguard.analytics.table.IntakeProgress;
import io.rateguard.analytics.table.IntakeProgress.Reached;
import io.rateguard.analytics.table.Schema;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FreshnessIT {

    private final Setup setup = new Setup();
    private final ClickHouse clickHouse = ClickHouse.open(setup.store);
    private final IntakeProgress progress = new IntakeProgress(clickHouse, setup.events.topic());

    @AfterEach
    void close() {
        clickHouse.close();
        setup.close();
    }

    @Test
    void goesOnWhileNothingHappensAndStandsStillWhileNothingIsTakenIn() {
        Intake intake = setup.start();
        setup.traffic.send(200);
        setup.assertEverythingCameInOnce();
        Instant sent = Instant.now();

        Setup.await("every partition fresh", () -> isFreshAt(sent));
        intake.close();
        List<Reached> stale = progress.ask();
        Instant stopped = Instant.now();
        setup.traffic.send(10);

        assertThat(stale).hasSize(Setup.PARTITIONS);
        assertThat(stale.stream().mapToLong(Reached::uptoOffset).sum()).isEqualTo(200);
        assertThat(progress.ask()).isEqualTo(stale).allMatch(each -> each.at().isBefore(stopped));
        setup.start();
        Setup.await("every partition fresh again", () -> isFreshAt(stopped));
    }

    @Test
    void partitionsThatTheTopicHasNoMoreAreForgotten() {
        Schema.apply(setup.store);
        Instant before = Instant.now();
        progress.save(List.of(new Reached(Setup.PARTITIONS, 10, before.minusSeconds(60))), "when there were more");

        setup.start();

        Setup.await("only those that are there", () -> isFreshAt(before));
    }

    private boolean isFreshAt(Instant time) {
        try {
            List<Reached> reached = progress.ask();
            return reached.size() == Setup.PARTITIONS
                    && reached.stream().allMatch(each -> each.at().isAfter(time));
        } catch (ClickHouseFailure notYet) {
            return false;
        }
    }
}
