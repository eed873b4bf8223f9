package io.rateguard.console.account;

import static io.rateguard.console.fixture.TestDatabase.change;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rateguard.console.fixture.RunningConsole;
import io.rateguard.console.fixture.TestDatabase;
import io.rateguard.domain.key.Secret;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.password.PasswordEncoder;
import tools.jackson.databind.JsonNode;

class PasswordResetIT {

    private static final String OLD = "the old password";
    private static final String NEW = "the new password";

    private final RunningConsole console = RunningConsole.get();
    private final PasswordReset reset = console.context().getBean(PasswordReset.class);
    private final String team = "team-" + UUID.randomUUID();
    private final String email = "ada@" + team + ".example";
    private final Secret owner = TestDatabase.newToken();

    @BeforeEach
    void openAnAccount() {
        console.database().bootstrap(team, email, OLD, owner);
    }

    @Test
    void changesThePasswordOnce() {
        reset.ask(" " + email.toUpperCase(Locale.ROOT));
        String link = link();

        assertThat(reset.open(link)).contains(email);
        assertThat(reset.open(link)).as("to look takes nothing").isPresent();
        reset.choose(link, NEW);

        assertThat(opens(NEW)).isTrue();
        assertThat(opens(OLD)).isFalse();
        assertNoMore(link);
        JsonNode changed = lastChange();
        assertThat(changed.path("action").asString()).isEqualTo("password-changed");
        assertThat(changed.path("actor").path("name").asString()).isEqualTo(email);
        assertThat(changed.path("before")).isEqualTo(changed.path("after"));
    }

    @Test
    void leavesAnEntryOfTheWish() {
        reset.ask(email);

        assertThat(lastChange().path("action").asString()).isEqualTo("reset-requested");
        assertThat(lastChange().toString()).doesNotContain("reset_hash", "resetHash");
    }

    @Test
    void saysTheSameOfAnAddressWithoutAnAccount() {
        String nobody = UUID.randomUUID() + "@nowhere.example";

        reset.ask(nobody);

        assertThat(letters(nobody)).isEqualTo("0");
    }

    @Test
    void sendsOneLetterInTwoMinutesAndThenReplacesTheLink() throws SQLException {
        reset.ask(email);
        reset.ask(email);
        assertThat(letters(email)).isEqualTo("1");
        String first = link();

        pass("3 minutes");
        reset.ask(email);

        assertThat(letters(email)).isEqualTo("2");
        assertNoMore(first);
        assertThat(reset.open(link())).isPresent();
    }

    @Test
    void worksForAnHour() throws SQLException {
        reset.ask(email);
        pass("1 hour");

        assertNoMore(link());
    }

    @Test
    void isNotForAccountsThatAreDisabled() throws SQLException {
        update("disabled_at = now()");

        reset.ask(email);

        assertThat(letters(email)).isEqualTo("0");
    }

    @Test
    void asksForALongPasswordAndAnAddress() {
        reset.ask(email);

        assertThatThrownBy(() -> reset.choose(link(), "short"))
                .hasMessage("password: 5 characters (expected: 8 to 200)");
        assertThatThrownBy(() -> reset.ask("ada")).hasMessage("email: ada (expected: an email address)");
        assertThat(opens(OLD)).isTrue();
        assertNoMore("x");
        assertNoMore(owner.reveal());
    }

    private void assertNoMore(String link) {
        assertThat(reset.open(link)).isEmpty();
        assertThatThrownBy(() -> reset.choose(link, NEW)).hasMessageStartingWith("link: it works no more");
    }

    private String link() {
        return console.linkTo(email);
    }

    private boolean opens(String password) {
        return console.context()
                .getBean(PasswordEncoder.class)
                .matches(
                        password,
                        console.database().text("SELECT password_hash FROM users WHERE email = '" + email + "'"));
    }

    private String letters(String to) {
        return console.database().text("SELECT count(*) FROM deliveries WHERE mail_to = '" + to + "'");
    }

    private JsonNode lastChange() {
        return console.ask("GET", "/api/v1/workspaces/" + team + "/audit?resource=users&limit=1", owner, null)
                .json()
                .path("items")
                .path(0);
    }

    private void pass(String time) throws SQLException {
        update("reset_expires_at = reset_expires_at - interval '" + time + "'");
    }

    private void update(String columns) throws SQLException {
        try (Connection database = console.database().owner()) {
            change(database, "UPDATE users SET " + columns + " WHERE email = '" + email + "'");
        }
    }
}
