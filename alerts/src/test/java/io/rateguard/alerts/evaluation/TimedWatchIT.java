package io.rateguard.alerts.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.alerts.testbed.TestBed;
import io.rateguard.alerts.testbed.Traffic.Sort;
import io.rateguard.domain.id.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
        rule(workspace, "error-rate", bed.slackChannel(workspace, bed.slack().url(path)));
        bed.traffic(workspace).record(40, Instant.now().minus(Duration.ofMinutes(2)), Sort.FINE.status(500));

        bed.start(Duration.ofMillis(100));
        bed.start(Duration.ofMillis(100));
        TestBed.await("told", () -> bed.states(workspace).equals(List.of("delivered")));
        assertThat(bed.slack().received(path)).hasSize(1);
        assertThat(bed.slack().received(path).getFirst().body().path("text").asString())
                .startsWith("🟠 100 % of requests fail.");
        assertThat(bed.states(workspace)).hasSize(1);
    }

    @Test
    void whatTheIntakeHasNotTakenInIsNoRecovery() {
        WorkspaceId workspace = bed.workspace();
        UUID channel = bed.slackChannel(workspace, bed.slack().url("told"));
        rule(workspace, "degraded", channel);
        Instant before = Instant.now().minus(Duration.ofMinutes(20)).truncatedTo(ChronoUnit.MINUTES);
        bed.traffic(workspace).record(1, before.minusSeconds(1), Sort.FINE.withoutRedis());
        bed.takenInUntil(before);
        bed.start(Duration.ofMillis(100));
        TestBed.await("told", () -> bed.states(workspace).equals(List.of("delivered")));
        expiringKey(workspace);
        rule(workspace, "key-expiring", channel);

        bed.start(Duration.ofMillis(100));
        TestBed.await("judged by now", () -> bed.states(workspace).equals(List.of("delivered", "delivered")));
        assertThat(headlines())
                .containsExactly("🟠 RateGuard works without Redis for demo", "🟠 Key \"ci\" is about to expire");

        bed.takenInUntil(Instant.now());
        TestBed.await("over", () -> bed.states(workspace).size() == 3);
    }

    private void rule(WorkspaceId workspace, String type, UUID channel) {
        bed.owner()
                .sql("UPDATE alert_rules SET type = ? WHERE id = ?")
                .params(type, bed.rule(workspace, channel))
                .update();
    }

    private void expiringKey(WorkspaceId workspace) {
        bed.owner()
                .sql("INSERT INTO api_keys (workspace_id, name, environment, prefix, hash, expires_at)"
                        + " VALUES (?, 'ci', 'live', 'rg_live_test', decode('00', 'hex'), now() + interval '1 day')")
                .param(workspace.value())
                .update();
    }

    private List<String> headlines() {
        return bed.slack().received("told").stream()
                .map(each -> each.body()
                        .path("blocks")
                        .path(0)
                        .path("text")
                        .path("text")
                        .asString())
                .toList();
    }
}
