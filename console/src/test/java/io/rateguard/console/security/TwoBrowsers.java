package io.rateguard.console.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.console.fixture.Browser;
import io.rateguard.console.fixture.RunningConsole;
import io.rateguard.console.fixture.TestDatabase;
import io.rateguard.domain.key.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Somebody of a new workspace who is signed in on a laptop and on a phone, and asks the services too. */
final class TwoBrowsers implements BeforeEachCallback, AfterEachCallback {

    static final String PASSWORD = "a good password";

    final RunningConsole console = RunningConsole.get();
    final Sessions sessions = console.context().getBean(Sessions.class);
    final String team = "team-" + UUID.randomUUID();
    final String email = "ada@" + team + ".example";
    final Secret owner = TestDatabase.newToken();
    final Browser laptop = new Browser(console, "laptop");
    final Browser phone = new Browser(console, "phone");

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        console.database().bootstrap(team, email, PASSWORD, owner);
        for (Browser browser : List.of(laptop, phone)) {
            browser.signIn(email, PASSWORD);
            assertThat(browser.get("/").statusCode()).isEqualTo(200);
        }
        SignedIn.as(console, email);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        SignedIn.out();
        laptop.close();
        phone.close();
    }

    UUID id(String browser) {
        return sessions.list(null).stream()
                .filter(session -> session.browser().equals(browser))
                .findFirst()
                .orElseThrow()
                .id();
    }

    /** The entries about a kind of thing. */
    String audit(String resource) {
        return console.ask("GET", "/api/v1/workspaces/" + team + "/audit?limit=500&resource=" + resource, owner, null)
                .text();
    }

    /** The console believes what it looked up some seconds ago. */
    static void awaitSignedOut(Browser browser) throws Exception {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(15));
        while (browser.get("/").statusCode() != 302) {
            assertThat(Instant.now()).as("still signed in").isBefore(deadline);
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }
}
