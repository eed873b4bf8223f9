package io.rateguard.console.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rateguard.console.account.AddressChange;
import io.rateguard.console.account.PasswordReset;
import io.rateguard.console.fixture.Browser;
import io.rateguard.console.fixture.RunningConsole;
import io.rateguard.console.fixture.TestDatabase;
import io.rateguard.domain.key.Secret;
import io.rateguard.domain.letter.Letter;
import io.rateguard.domain.secret.Totp;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

class AddressChangeIT {

    private static final String PASSWORD = "a good password";

    private final RunningConsole console = RunningConsole.get();
    private final AddressChange change = console.context().getBean(AddressChange.class);
    private final String team = "team-" + UUID.randomUUID();
    private final String email = "ada@" + team + ".example";
    private final String wanted = "lovelace@" + team + ".example";
    private final Secret owner = TestDatabase.newToken();

    @BeforeEach
    void openAnAccount() {
        console.database().bootstrap(team, email, PASSWORD, owner);
        SignedIn.as(console, email);
    }

    @AfterEach
    void signOut() {
        SignedIn.out();
        RequestContextHolder.resetRequestAttributes();
    }

    @Test
    void takesTheLinkInALetterToTheNewAddressAndTellsTheOldOne() throws Exception {
        PasswordReset reset = console.context().getBean(PasswordReset.class);
        reset.ask(email);
        String resetLink = console.linkTo(email);
        try (Browser browser = new Browser(console, "laptop")) {
            browser.signIn(email, PASSWORD);
            browser.get("/");

            change.ask(PASSWORD, wanted);
            String link = console.linkTo(wanted);
            assertThat(change.open(link)).contains(wanted);
            assertThat(console.context().getBean(Sessions.class).list(null)).hasSize(1);
            change.confirm(link);

            assertThat(console.context().getBean(Sessions.class).list(null)).isEmpty();
            assertThat(browser.signIn(email, PASSWORD).headers().firstValue("Location"))
                    .hasValue(console.url() + "/login?error");
            assertThat(browser.signIn(wanted, PASSWORD).headers().firstValue("Location"))
                    .hasValue(console.url() + "/");
            assertThat(change.open(link)).isEmpty();
            assertThatThrownBy(() -> change.confirm(link)).hasMessageStartingWith("link: it works no more");
        }
        assertThat(reset.open(resetLink)).as("what was sent to the old address").isEmpty();
        assertThat(console.letterTo(email)).isEqualTo(new Letter.AddressChanged(wanted));
        assertThat(console.ask("GET", "/api/v1/workspaces/" + team + "/audit?resource=users&limit=1", owner, null)
                        .text())
                .contains("\"action\":\"address-changed\"", "\"name\":\"" + email + "\"", "\"email\":\"" + wanted);
    }

    @Test
    void asksForThePasswordAndAnAddress() {
        assertThatThrownBy(() -> change.ask("wrong", wanted))
                .hasMessage("current: another one (expected: the password of " + email + ")");
        assertThatThrownBy(() -> change.ask(PASSWORD, "ada")).hasMessage("email: ada (expected: an email address)");
        assertThat(console.database().text("SELECT count(*) FROM deliveries WHERE mail_to = '" + wanted + "'"))
                .isEqualTo("0");
    }

    @Test
    void spendsNoCodeWhereNoLetterGoesOutAndCountsNoLetterWhereThePasswordIsWrong() {
        PasswordReset reset = console.context().getBean(PasswordReset.class);
        SecondFactors factors = console.context().getBean(SecondFactors.class);
        byte[] secret = factors.newSecret();
        String code = factors.turnOn(secret, Totp.code(secret, Instant.now())).getFirst();
        comeFrom(network(0));
        assertThatThrownBy(() -> change.ask("wrong", wanted)).hasMessageStartingWith("current: another one");
        for (int i = 0; i < 20; i++) {
            reset.ask(i + wanted);
        }

        assertThatThrownBy(() -> change.ask(code, wanted)).hasMessageStartingWith("email: too many letters");

        comeFrom(network(1));
        change.ask(code, wanted);
    }

    @Test
    void answersTheSameOfAnAddressThatHasAnAccount() {
        console.database().member("acme", wanted, "viewer");

        change.ask(PASSWORD, wanted);

        assertThat(console.letterTo(wanted)).isEqualTo(new Letter.KnownAddress());
    }

    @Test
    void doesNothingOnceTheAddressHasAnAccount() {
        change.ask(PASSWORD, wanted);
        String link = console.linkTo(wanted);
        console.database().member("acme", wanted, "viewer");

        assertThat(change.open(link)).isEmpty();
        assertThatThrownBy(() -> change.confirm(link)).hasMessageStartingWith("link: it works no more");
    }

    /** Where nobody else is. */
    private String network(int number) {
        return "2001:db8:" + team.substring(14, 18) + ":" + team.substring(19, 22) + number + "::1";
    }

    private static void comeFrom(String address) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setRemoteAddr(address);
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));
    }
}
