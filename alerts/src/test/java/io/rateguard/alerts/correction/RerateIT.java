package io.rateguard.alerts.correction;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.alerts.testbed.Spender;
import io.rateguard.alerts.testbed.TestBed;
import io.rateguard.alerts.testbed.Traffic.Sort;
import io.rateguard.domain.id.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RerateIT {

    private static final int REQUESTS = 3;

    /** Each look of a rerate that waits keeps its lease, which makes a version. */
    private static final int LOOKS = 5;

    private TestBed bed;
    private WorkspaceId workspace;

    @BeforeEach
    void start() {
        bed = new TestBed();
        bed.start(Duration.ofHours(1));
        workspace = bed.workspace();
    }

    @AfterEach
    void stop() {
        bed.close();
    }

    @Test
    void seesWhatHadComeInWhenItBeganThoughItIsTakenInLater() {
        try (Spender proxy = bed.spender(workspace)) {
            assertThat(proxy.spend(bed.budget(workspace, "any", 100), 100, 100)).isNotEmpty();
        }
        bed.traffic(workspace).record(REQUESTS, Instant.now(), Sort.FINE);
        UUID preview = preview();
        TestBed.await("it to wait", () -> number("version", preview) > LOOKS);
        assertThat(number("(start IS NULL)::int", preview)).isOne();

        bed.takeIn(REQUESTS);

        TestBed.await("it to be done", () -> number("(ended_at IS NOT NULL)::int", preview) == 1);
        assertThat(number("(progress #>> '{findings,requests}')::bigint", preview))
                .isEqualTo(REQUESTS);
    }

    private UUID preview() {
        UUID id = UUID.randomUUID();
        bed.owner()
                .sql("INSERT INTO corrections (id, workspace_id, author, from_at, to_at, dry_run) VALUES"
                        + " (?, ?, 'ada@example.com', now() - interval '1 day', now() + interval '1 day', true)")
                .param(id)
                .param(workspace.value())
                .update();
        return id;
    }

    private long number(String what, UUID correction) {
        return bed.owner()
                .sql("SELECT " + what + " FROM corrections WHERE id = ?")
                .param(correction)
                .query(Long.class)
                .single();
    }
}
