package io.rateguard.analytics.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.analytics.table.IntakeProgress.Reached;
import io.rateguard.domain.event.PartitionChoice;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.embedded.ClickHouseAccess;
import io.rateguard.embedded.fixture.Services;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IntakeProgressIT {

    private static final int PARTITIONS = 8;
    private static final Instant START = Instant.parse("2026-11-27T09:00:00Z");

    @Test
    void aWorkspaceIsAsFreshAsItsPartition() {
        ClickHouseAccess access = Services.clickhouse().freshDatabase();
        ClickHouseSettings settings = new ClickHouseSettings(
                access.httpUrl() + "?compress=false", access.user(), access.password(), access.database());
        Schema.apply(settings);
        try (ClickHouse database = ClickHouse.open(settings)) {
            IntakeProgress progress = new IntakeProgress(database, "api-events");
            WorkspaceId workspace = new WorkspaceId(UUID.randomUUID());

            assertThat(progress.of(workspace)).isEmpty();
            List<Reached> reached = IntStream.range(0, PARTITIONS)
                    .mapToObj(partition -> new Reached(partition, 10, START.plusSeconds(partition)))
                    .toList();
            progress.save(reached, "one");

            assertThat(progress.of(workspace)).contains(reached.get(PartitionChoice.of(workspace, PARTITIONS)));

            new IntakeProgress(database, "others").save(reached, "others");
            progress.keepBelow(3);
            assertThat(progress.ask()).isEqualTo(reached.subList(0, 3));
            assertThat(progress.of(workspace)).contains(reached.get(PartitionChoice.of(workspace, 3)));
            assertThat(new IntakeProgress(database, "others").ask()).isEqualTo(reached);
        }
    }
}
