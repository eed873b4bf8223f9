package io.rateguard.alerts.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.alerts.testbed.TestBed;
import io.rateguard.alerts.testbed.Traffic.Sort;
import io.rateguard.domain.id.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two whole services that judge by themselves. */
class TimedWatchIT {

    private final TestBed bed = new TestBed();

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void whatIsGoingWrongIsToldOnceByWhicheverServiceSeesIt() {
        WorkspaceId workspace = bed.workspace();
        String path = UUID.randomUUID().toString();
        UUID rule = bed.rule(workspace, bed.slackChannel(workspace, bed.slack().url(path)));
        bed.owner()
                .sql("UPDATE alert_rules SET type = 'error-rate' WHERE id = ?")
                .param(rule)
                .update();
        bed.traffic(workspace).record(40, Instant.now().minus(Duration.ofMinutes(2)), Sort.FINE.status(500));

        bed.start(Duration.ofMillis(100));
        bed.start(Duration.ofMillis(100));
        TestBed.await("told", () -> bed.states(workspace).equals(List.of("delivered")));
        assertThat(bed.slack().received(path)).hasSize(1);
        assertThat(bed.slack().received(path).getFirst().body().path("text").asString())
                .startsWith("100 % of requests fail.");
        assertThat(bed.states(workspace)).hasSize(1);
    }
}
