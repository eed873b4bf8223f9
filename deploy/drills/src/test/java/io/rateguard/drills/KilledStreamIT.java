package io.rateguard.drills;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.bed.Database;
import io.rateguard.bed.Service;
import io.rateguard.counters.BudgetLevel;
import io.rateguard.domain.event.Outcome;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.money.Money;
import io.rateguard.drills.ground.Ground;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A proxy is killed in a stream that has cost far more than was likely. */
class KilledStreamIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What 50 tokens of output are likely to cost, and some input. */
    private static final long LIKELY_NANOS = 40_000;

    @Test
    void theRequestIsChargedByWhatWasHeldForItLast() throws Exception {
        try (Ground ground = new Ground(new Programs(Path.of("target/drills")));
                HttpClient caller = HttpClient.newHttpClient()) {
            WorkspaceId workspace = ground.workspace("killed");
            BudgetId budget = ground.database().budget(workspace, "month", 1_000_000_000L, "elastic");
            Database.Key key = ground.database().key(workspace, "caller");
            Service proxy = ground.startProxy(Map.of());
            var _ = caller.sendAsync(endless(proxy, key), BodyHandlers.discarding());
            Ground.await(
                    "a hold that has grown",
                    PATIENCE,
                    () -> ground.level(workspace, budget).held().nanos() > 5 * LIKELY_NANOS);

            proxy.kill();
            BudgetLevel killed = ground.level(workspace, budget);
            proxy.startAgain();
            Ground.await(
                    "its settlement",
                    PATIENCE,
                    () -> ground.level(workspace, budget).held().equals(Money.ZERO));

            long spent = ground.level(workspace, budget).spent().nanos();
            assertThat(spent).isGreaterThanOrEqualTo(killed.held().nanos());
            proxy.close();
            List<RequestEvent> recorded = ground.events();
            assertThat(recorded).hasSize(1);
            assertThat(recorded.getFirst().verdict().outcome()).isEqualTo(Outcome.INTERRUPTED);
            assertThat(recorded.getFirst().metering().costNanos()).isEqualTo(spent);
            assertThat(recorded.getFirst().charges().getFirst().heldNanos()).isEqualTo(spent);
        }
    }

    private static HttpRequest endless(Service proxy, Database.Key key) {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + proxy.port() + "/proxy/demo/v1/chat/completions"))
                .header("Authorization", "Bearer " + key.secret())
                .header("Content-Type", "application/json")
                .header("X-Demo-Chunks", "1000000")
                .header("X-Demo-Chunk-Delay-Millis", "1")
                .POST(BodyPublishers.ofString("{\"model\":\"demo-small\",\"max_tokens\":50,\"stream\":true,"
                        + "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"))
                .build();
    }
}
