package io.rateguard.console.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.console.fixture.Recording;
import io.rateguard.console.fixture.RunningConsole;
import io.rateguard.console.security.SignedIn;
import io.rateguard.console.workspaces.Workspace;
import io.rateguard.domain.event.Outcome;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.money.Money;
import io.rateguard.domain.usage.UsageSource;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The figures of a workspace in which little has happened. */
class OverviewIT {

    private final RunningConsole console = RunningConsole.get();
    private final Overview overview = console.context().getBean(Overview.class);

    @AfterEach
    void signOut() {
        SignedIn.out();
    }

    @ParameterizedTest
    @EnumSource(Range.class)
    void tellsWhatWasSpentByWhomAndOnWhat(Range range) throws SQLException {
        Workspace acme = signedIn();
        long before = figures(acme, range).lastDay().requests();
        Instant now = Instant.now();
        RequestEvent event = Recording.event(acme.id(), now, UsageSource.PROVIDER, Outcome.COMPLETED);
        Recording.keep(console, event);

        Figures figures = figures(acme, range);

        assertThat(figures.everUsed()).isTrue();
        assertThat(figures.lastDay().requests()).isEqualTo(before + 1);
        assertThat(figures.today()).isGreaterThanOrEqualTo(Money.ofNanos(1_000));
        assertThat(figures.month()).isGreaterThanOrEqualTo(figures.today());
        assertThat(figures.apis()).extracting(Figures.Ranked::name).contains("demo");
        assertThat(figures.models()).extracting(Figures.Ranked::name).contains("gpt-4o");
        assertThat(figures.chart().getLast().requests()).isPositive();
    }

    @Test
    void tellsWhatWasThereBefore() throws SQLException {
        Earlier earlier = overview.earlier(signedIn()).join();

        assertThat(earlier.yesterday()).isGreaterThanOrEqualTo(Money.ZERO);
        assertThat(overview.earlier(signedIn()).join()).as("asked once for all").isSameAs(earlier);
    }

    private Figures figures(Workspace workspace, Range range) {
        return overview.read(workspace, range, Instant.now()).join();
    }

    private Workspace signedIn() throws SQLException {
        SignedIn.as(console, RunningConsole.EMAIL);
        WorkspaceId acme = console.database().workspace("acme");
        return new Workspace(acme, "acme", "Acme", ZoneOffset.UTC, false);
    }
}
