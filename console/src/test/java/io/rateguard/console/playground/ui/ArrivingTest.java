package io.rateguard.console.playground.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import com.vaadin.flow.server.Command;
import io.rateguard.console.calls.Ended;
import io.rateguard.console.calls.Ended.How;
import io.rateguard.console.calls.Head;
import io.rateguard.console.problem.Problem;
import io.rateguard.console.workspaces.Workspace;
import io.rateguard.domain.id.WorkspaceId;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ArrivingTest {

    private static final Workspace ACME =
            new Workspace(new WorkspaceId(new UUID(0, 1)), "acme", "Acme", ZoneOffset.UTC, false);
    private static final Head HEAD =
            new Head(200, Map.of("x-rateguard-request-id", List.of("req_1")), Duration.ofMillis(1));

    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final ReplyPanel panel = new ReplyPanel(ACME);
    private boolean isGone;
    private final Arriving arriving = new Arriving(
            new Screen(),
            panel,
            new RecordedLater(id -> {
                asked.incrementAndGet();
                throw Problem.unavailable("the request history does not answer; try again");
            }),
            done::incrementAndGet);

    @Test
    void asksWhatAReplyCostOnceItIsThere() {
        arriving.head(HEAD);
        arriving.ended(new Ended(How.WHOLE, Duration.ofMillis(2)));

        assertThat(asked).hasValue(1);
        assertThat(done).hasValue(1);
    }

    @Test
    void asksAndShowsNothingOnceItIsLeft() {
        arriving.head(HEAD);
        String shown = panel.getElement().getTextRecursively();

        arriving.leave();
        arriving.ended(new Ended(How.CANCELLED, Duration.ofMillis(2)));

        assertThat(asked).hasValue(0);
        assertThat(done).hasValue(0);
        assertThat(panel.getElement().getTextRecursively()).isEqualTo(shown);
    }

    @Test
    void asksNothingOnceTheScreenIsGone() {
        arriving.head(HEAD);

        isGone = true;
        arriving.ended(new Ended(How.WHOLE, Duration.ofMillis(2)));

        assertThat(asked).hasValue(0);
    }

    /** Follows every command at once, until it is gone. */
    private final class Screen extends UI {

        @Override
        public Future<Void> access(Command command) {
            if (isGone) {
                throw new UIDetachedException();
            }
            command.execute();
            return CompletableFuture.completedFuture(null);
        }
    }
}
