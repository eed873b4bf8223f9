package io.rateguard.alerts.correction;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.alerts.testbed.TestBed;
import io.rateguard.domain.id.WorkspaceId;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CorrectionsIT {

    private static TestBed bed;

    @BeforeAll
    static void start() {
        bed = new TestBed();
    }

    @AfterAll
    static void stop() {
        bed.close();
    }

    @Test
    void noneIsTakenBesideOneThatHasBegunHoweverSmallItsId() {
        WorkspaceId workspace = bed.workspace();
        Corrections corrections = new Corrections(bed.database(), Duration.ofMinutes(1));
        ask(workspace, 2);
        Correction begun = corrections.take().orElseThrow();

        ask(workspace, 1);
        ask(workspace, 3);

        assertThat(corrections.take()).isEmpty();
        corrections.done(begun);
        assertThat(corrections.take().orElseThrow().id()).isEqualTo(id(workspace, 1));
        assertThat(corrections.take()).isEmpty();
    }

    @Test
    void oneWhoseServiceDiedIsTakenAgainBeforeAnyOther() {
        WorkspaceId workspace = bed.workspace();
        Corrections dying = new Corrections(bed.database(), Duration.ZERO);
        ask(workspace, 2);
        assertThat(dying.take().orElseThrow().id()).isEqualTo(id(workspace, 2));
        ask(workspace, 1);

        Corrections next = new Corrections(bed.database(), Duration.ofMinutes(1));

        assertThat(next.take().orElseThrow().id()).isEqualTo(id(workspace, 2));
        assertThat(next.take()).isEmpty();
    }

    private static void ask(WorkspaceId workspace, int number) {
        bed.owner()
                .sql("INSERT INTO corrections (id, workspace_id, author, from_at, to_at)"
                        + " VALUES (?, ?, 'ada@example.com', now() - interval '1 day', now())")
                .param(id(workspace, number))
                .param(workspace.value())
                .update();
    }

    private static UUID id(WorkspaceId workspace, int number) {
        return new UUID(number, workspace.value().getLeastSignificantBits());
    }
}
