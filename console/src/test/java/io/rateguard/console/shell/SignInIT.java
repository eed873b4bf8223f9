package io.rateguard.console.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.console.fixture.Browser;
import io.rateguard.console.fixture.RunningConsole;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Signing in, as a browser does it. */
class SignInIT {

    private final RunningConsole console = RunningConsole.get();
    private final Browser browser = new Browser(console, "test");

    @AfterEach
    void close() {
        browser.close();
    }

    @Test
    void sendsAStrangerToTheSignInPage() throws Exception {
        HttpResponse<String> answer = get("/");

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location")).hasValue(console.url() + "/login");
        assertThat(get("/login").body()).contains("styles/rateguard.css", "favicon.svg");
    }

    @Test
    void letsThePersonInWhoKnowsThePassword() throws Exception {
        HttpResponse<String> answer = signIn(RunningConsole.EMAIL, RunningConsole.PASSWORD);

        assertThat(answer.headers().firstValue("Location").orElse("")).isEqualTo(console.url() + "/");
        assertThat(get("/").statusCode()).isEqualTo(200);
    }

    @Test
    void readsTheAddressWithoutRegardToCase() throws Exception {
        signIn(RunningConsole.EMAIL.toUpperCase(Locale.ROOT), RunningConsole.PASSWORD);

        assertThat(get("/").statusCode()).isEqualTo(200);
    }

    @Test
    void tellsAWrongPasswordFromAnUnknownAddressToNobody() throws Exception {
        HttpResponse<String> wrong = signIn(RunningConsole.EMAIL, "wrong");
        HttpResponse<String> unknown = signIn("nobody@acme.example", "wrong");

        assertThat(wrong.statusCode()).isEqualTo(unknown.statusCode());
        assertThat(wrong.headers().firstValue("Location")).hasValue(console.url() + "/login?error");
        assertThat(unknown.headers().firstValue("Location")).hasValue(console.url() + "/login?error");
        assertThat(get("/").statusCode()).isEqualTo(302);
    }

    @Test
    void turnsAwayWhoGuesses() throws Exception {
        String guessed = "guessed-" + UUID.randomUUID() + "@acme.example";
        for (int i = 0; i < 10; i++) {
            assertThat(signIn(guessed, "guess " + i).headers().firstValue("Location"))
                    .hasValue(console.url() + "/login?error");
        }

        assertThat(signIn(guessed, "guess").headers().firstValue("Location")).hasValue(console.url() + "/login?wait");
        assertThat(signIn(RunningConsole.EMAIL, RunningConsole.PASSWORD)
                        .headers()
                        .firstValue("Location"))
                .hasValue(console.url() + "/");
    }

    @Test
    void leavesAnAuditEntryThatTheWorkspacesOfTheAccountSee() throws Exception {
        signIn(RunningConsole.EMAIL, RunningConsole.PASSWORD);
        JsonNode made = lastSignIn();
        signIn(RunningConsole.EMAIL.toUpperCase(Locale.ROOT), "wrong");
        signIn("nobody@acme.example", "wrong");
        JsonNode refused = lastSignIn();

        assertThat(made.path("action").asString()).isEqualTo("signed-in");
        assertThat(made.path("address").asString()).isEqualTo("127.0.0.1");
        assertThat(made.path("actor").path("name").asString()).isEqualTo(RunningConsole.EMAIL);
        assertThat(refused.path("action").asString()).isEqualTo("refused");
        assertThat(refused.path("actor").path("name").asString()).isEqualTo(RunningConsole.EMAIL);
        assertThat(console.ask("GET", "/api/v1/workspaces/other/audit?limit=500", console.otherToken(), null)
                        .text())
                .contains("owner@other.example")
                .doesNotContain(RunningConsole.EMAIL);
    }

    private JsonNode lastSignIn() {
        return console.get("audit?resource=sign-ins&limit=1")
                .json()
                .path("items")
                .path(0);
    }

    @Test
    void givesASessionNoPartInTheApi() throws Exception {
        signIn(RunningConsole.EMAIL, RunningConsole.PASSWORD);

        assertThat(get("/api/v1/workspaces").statusCode()).isEqualTo(401);
    }

    @Test
    void showsTheIconAndTheStylesToEveryone() throws Exception {
        assertThat(get("/favicon.svg").statusCode()).isEqualTo(200);
        assertThat(get("/favicon.ico").statusCode()).isEqualTo(200);
        assertThat(get("/styles/rateguard.css").statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> signIn(String email, String password) throws IOException, InterruptedException {
        return browser.signIn(email, password);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return browser.get(path);
    }
}
