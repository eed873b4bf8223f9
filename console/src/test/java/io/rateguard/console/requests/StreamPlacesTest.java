package io.rateguard.console.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rateguard.console.problem.Problem;
import io.rateguard.domain.id.WorkspaceId;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;

class StreamPlacesTest {

    private final WorkspaceId workspace = new WorkspaceId(UUID.randomUUID());
    private final WorkspaceId other = new WorkspaceId(UUID.randomUUID());
    private final StreamPlaces places = new StreamPlaces();
    private final AtomicInteger run = new AtomicInteger();

    @Test
    void twoExportsOfAWorkspaceRunAtOnceAndNoThird() {
        places.hold(
                workspace,
                () -> places.hold(workspace, () -> {
                    assertThatThrownBy(() -> places.hold(workspace, run::incrementAndGet))
                            .isInstanceOfSatisfying(
                                    Problem.class,
                                    refused -> assertThat(refused.status()).isEqualTo(HttpStatus.TOO_MANY_REQUESTS))
                            .hasMessage(
                                    "usage: more than 2 exports of the workspace at once (expected: another try when one has"
                                            + " ended)");
                    places.hold(other, run::incrementAndGet);
                }));

        assertThat(run).hasValue(1);
    }

    @Test
    void onesThatEndedLeaveTheirPlaces() {
        for (int export = 0; export < 3; export++) {
            places.hold(workspace, run::incrementAndGet);
            assertThatThrownBy(() -> places.hold(workspace, () -> {
                        throw new IllegalStateException("the browser has left");
                    }))
                    .hasMessage("the browser has left");
        }

        assertThat(run).hasValue(3);
    }
}
