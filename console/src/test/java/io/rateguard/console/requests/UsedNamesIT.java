package io.rateguard.console.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rateguard.console.fixture.Recording;
import io.rateguard.console.fixture.RunningConsole;
import io.rateguard.console.problem.Problem;
import io.rateguard.console.security.SignedIn;
import io.rateguard.console.workspaces.Workspace;
import io.rateguard.domain.event.Outcome;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.usage.UsageSource;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UsedNamesIT {

    private final RunningConsole console = RunningConsole.get();
    private final UsedNames names = console.context().getBean(UsedNames.class);

    @AfterEach
    void signOut() {
        SignedIn.out();
    }

    @Test
    void tellsWhatRequestsOfLateWereTagged() throws SQLException {
        Workspace acme = workspace("acme");
        RequestEvent event = Recording.event(acme.id(), Instant.now(), UsageSource.PROVIDER, Outcome.COMPLETED);
        Recording.keep(console, tagged(event, Map.of("team", "blue")));
        SignedIn.as(console, RunningConsole.EMAIL);

        assertThat(names.models(acme).join()).contains("gpt-4o").doesNotHaveDuplicates();
        assertThat(names.tags(acme).join()).contains("team").doesNotHaveDuplicates();
    }

    @Test
    void tellsNobodyOfAnotherWorkspace() throws SQLException {
        Workspace other = workspace("other");
        SignedIn.as(console, RunningConsole.EMAIL);

        assertThatThrownBy(() -> names.models(other)).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> names.tags(other)).isInstanceOf(Problem.class);
    }

    private static RequestEvent tagged(RequestEvent event, Map<String, String> tags) {
        return new RequestEvent(
                event.requestId(),
                new RequestEvent.Caller(event.caller().workspace(), null, null, null, null, tags),
                event.call(),
                event.times(),
                event.verdict(),
                event.metering(),
                List.of());
    }

    private Workspace workspace(String slug) throws SQLException {
        return new Workspace(console.database().workspace(slug), slug, slug, ZoneOffset.UTC, false);
    }
}
