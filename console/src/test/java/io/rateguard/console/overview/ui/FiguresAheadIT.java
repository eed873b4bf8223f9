package io.rateguard.console.overview.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.console.fixture.Browser;
import io.rateguard.console.fixture.RunningConsole;
import io.rateguard.console.overview.Overview;
import io.rateguard.console.overview.Range;
import io.rateguard.console.security.SignedIn;
import io.rateguard.console.workspaces.Workspaces;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FiguresAheadIT {

    private final RunningConsole console = RunningConsole.get();
    private final Overview overview = console.context().getBean(Overview.class);
    private final Workspaces workspaces = console.context().getBean(Workspaces.class);
    private final Browser browser = new Browser(console, "test");

    @AfterEach
    void close() {
        SignedIn.out();
        browser.close();
    }

    @Test
    void figuresAreAskedForWithThePage() throws Exception {
        browser.signIn(RunningConsole.EMAIL, RunningConsole.PASSWORD);
        Instant before = Instant.now();

        assertThat(browser.get("/w/acme/overview?period=" + Range.MONTH.wireName())
                        .statusCode())
                .isEqualTo(200);

        Instant after = Instant.now();
        SignedIn.as(console, RunningConsole.EMAIL);
        assertThat(overview.read(workspaces.require("acme"), Range.MONTH, before)
                        .join()
                        .at())
                .isBetween(before, after);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/w/other/overview", "/w/none/overview", "/w/acme/overview?period=none", "/w/acme/costs"})
    void whatCannotBeAskedKeepsNoPageBack(String path) throws Exception {
        browser.signIn(RunningConsole.EMAIL, RunningConsole.PASSWORD);

        assertThat(browser.get(path).statusCode()).isEqualTo(200);
    }
}
