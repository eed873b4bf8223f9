package io.rateguard.console.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rateguard.console.account.OwnAccount;
import io.rateguard.console.account.PasswordReset;
import io.rateguard.console.fixture.Browser;
import io.rateguard.console.fixture.RunningConsole;
import io.rateguard.console.fixture.TestDatabase;
import io.rateguard.domain.key.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionsIT {

    private static final String PASSWORD = "a good password";

    private final RunningConsole console = RunningConsole.get();
    private final Sessions sessions = console.context().getBean(Sessions.class);
    private final OwnAccount account = console.context().getBean(OwnAccount.class);
    private final String team = "team-" + UUID.randomUUID();
    private final String email = "ada@" + team + ".example";
    private final Secret owner = TestDatabase.newToken();
    private final Browser laptop = new Browser(console, "laptop");
    private final Browser phone = new Browser(console, "phone");

    @BeforeEach
    void signIn() throws Exception {
        console.database().bootstrap(team, email, PASSWORD, owner);
        for (Browser browser : List.of(laptop, phone)) {
            browser.signIn(email, PASSWORD);
            assertThat(browser.get("/").statusCode()).isEqualTo(200);
        }
        SignedIn.as(console, email);
    }

    @AfterEach
    void close() {
        SignedIn.out();
        laptop.close();
        phone.close();
    }

    @Test
    void showWhereOneIsSignedIn() {
        List<Session> all = sessions.list(id("laptop"));

        assertThat(all).extracting(Session::browser).containsExactly("phone", "laptop");
        assertThat(all).extracting(Session::own).containsExactly(false, true);
        assertThat(all).extracting(Session::address).containsOnly("127.0.0.1");
    }

    @Test
    void endElsewhereWithinSecondsAndForThatBrowserAlone() throws Exception {
        sessions.end(id("phone"));

        assertThat(sessions.list(null)).extracting(Session::browser).containsExactly("laptop");
        awaitSignedOut(phone);
        assertThat(laptop.get("/").statusCode()).isEqualTo(200);
        assertThat(console.ask("GET", "/api/v1/workspaces/" + team + "/audit?resource=sessions&limit=1", owner, null)
                        .text())
                .contains("\"action\":\"ended\"", "\"name\":\"" + email + "\"");
    }

    @Test
    void endTogetherButForOne() throws Exception {
        sessions.endOthers(id("laptop"));

        awaitSignedOut(phone);
        assertThat(laptop.get("/").statusCode()).isEqualTo(200);
    }

    @Test
    void endWithANewPassword() throws Exception {
        assertThatThrownBy(() -> account.changePassword("wrong", "another good password", id("laptop")))
                .hasMessage("current: another one (expected: the password of " + email + ")");
        assertThatThrownBy(() -> account.changePassword(PASSWORD, "short", id("laptop")))
                .hasMessageStartingWith("password: 5 characters");
        assertThat(sessions.list(null)).hasSize(2);

        account.changePassword(PASSWORD, "another good password", id("laptop"));

        assertThat(sessions.list(null)).extracting(Session::browser).containsExactly("laptop");
        awaitSignedOut(phone);
        phone.signIn(email, "another good password");
        assertThat(phone.get("/").statusCode()).isEqualTo(200);
    }

    @Test
    void endWithAPasswordThatWasForgotten() {
        PasswordReset reset = console.context().getBean(PasswordReset.class);
        reset.ask(email);

        reset.choose(console.linkTo(email), "another good password");

        assertThat(sessions.list(null)).isEmpty();
    }

    @Test
    void endWhenTheAccountIsDisabled() throws Exception {
        console.database().text("UPDATE users SET disabled_at = now() WHERE email = '" + email + "' RETURNING id");

        awaitSignedOut(phone);
    }

    @Test
    void areOnesOwn() {
        UUID theirs = id("laptop");
        SignedIn.as(UUID.randomUUID(), "bob@acme.example");

        assertThat(sessions.list(null)).isEmpty();
        assertThatThrownBy(() -> sessions.end(theirs)).hasMessageContaining("expected: one of your own");
    }

    private UUID id(String browser) {
        return id(sessions, browser);
    }

    static UUID id(Sessions sessions, String browser) {
        return sessions.list(null).stream()
                .filter(session -> session.browser().equals(browser))
                .findFirst()
                .orElseThrow()
                .id();
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
