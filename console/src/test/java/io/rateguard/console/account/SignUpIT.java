package io.rateguard.console.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rateguard.console.ConsoleSettings;
import io.rateguard.console.fixture.Browser;
import io.rateguard.console.fixture.RunningConsole;
import io.rateguard.console.fixture.TestDatabase;
import io.rateguard.console.security.LetterThrottle;
import io.rateguard.console.security.Passwords;
import io.rateguard.console.security.People;
import io.rateguard.domain.letter.Letter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

class SignUpIT {

    private static final String PASSWORD = "a good password";

    private final RunningConsole console = RunningConsole.get();
    private final SignUp signUp = console.context().getBean(SignUp.class);
    private final String unique = UUID.randomUUID().toString();
    private final String email = "ada@" + unique + ".example";

    @AfterEach
    void leave() {
        RequestContextHolder.resetRequestAttributes();
    }

    @Test
    void opensAnAccountOnceTheAddressIsProven() throws Exception {
        signUp.ask(" " + email + " ");
        assertThat(accounts()).as("before the link is used").isEqualTo("0");
        String link = console.linkTo(email);

        assertThat(signUp.open(link)).contains(email);
        assertThat(signUp.open(link)).as("to look takes nothing").contains(email);
        signUp.confirm(link, " Ada ", PASSWORD);

        assertNoMore(link);
        assertThat(console.database().text("SELECT name FROM users WHERE email = '" + email + "'"))
                .isEqualTo("Ada");
        assertThat(console.database().text("SELECT password_hash FROM users WHERE email = '" + email + "'"))
                .startsWith("$argon2id$");
        try (Browser browser = new Browser(console, "test")) {
            assertThat(browser.signIn(email, PASSWORD).headers().firstValue("Location"))
                    .hasValue(console.url() + "/");
        }
        assertThat(console.database().text("""
                        SELECT e.action || ' by ' || e.actor_name FROM audit_entries e JOIN users u ON u.id = e.user_id
                        WHERE u.email = '%s' AND e.resource = 'users'""".formatted(email))).isEqualTo("created by " + email);
    }

    @Test
    void answersTheSameOfAnAddressThatHasAnAccountAndTellsItsOwner() {
        console.database().member("acme", email, "viewer");

        signUp.ask(email.toUpperCase(Locale.ROOT));

        assertThat(console.letterTo(email.toUpperCase(Locale.ROOT))).isInstanceOf(Letter.KnownAddress.class);
        assertThat(accounts()).isEqualTo("1");
    }

    @Test
    void doesNothingOfALinkOnceTheAddressHasAnAccountByAnotherWay() {
        signUp.ask(email);
        String link = console.linkTo(email);
        console.database().member("acme", email, "viewer");

        assertNoMore(link);
    }

    @Test
    void sendsOneLetterInTwoMinutesAndThenReplacesTheLink() throws SQLException {
        signUp.ask(email);
        signUp.ask(email.toUpperCase(Locale.ROOT));
        assertThat(letters()).isEqualTo("1");
        String first = console.linkTo(email);

        pass("3 minutes");
        signUp.ask(email);

        assertThat(letters()).isEqualTo("2");
        assertNoMore(first);
        assertThat(signUp.open(console.linkTo(email))).contains(email);
    }

    @Test
    void worksForADay() throws SQLException {
        signUp.ask(email);
        pass("23 hours");
        assertThat(signUp.open(console.linkTo(email))).isPresent();

        pass("1 hour");

        assertNoMore(console.linkTo(email));
    }

    @Test
    void asksForAnAddressANameAndALongPassword() {
        assertThatThrownBy(() -> signUp.ask("ada")).hasMessage("email: ada (expected: an email address)");
        signUp.ask(email);
        String link = console.linkTo(email);

        assertThatThrownBy(() -> signUp.confirm(link, " ", PASSWORD)).hasMessageStartingWith("name: 0 characters");
        assertThatThrownBy(() -> signUp.confirm(link, "Ada", "short"))
                .hasMessage("password: 5 characters (expected: 8 to 200)");
        assertNoMore("x");
        assertNoMore(console.ownerToken().reveal());
        assertThat(signUp.open(link)).as("nothing was taken").isPresent();
    }

    @Test
    void sendsTwentyLettersForOneNetworkInAQuarterOfAnHour() {
        comeFrom("2001:db8:" + unique.substring(9, 13) + ":" + unique.substring(14, 18) + "::1");
        PasswordReset reset = console.context().getBean(PasswordReset.class);
        for (int i = 0; i < 10; i++) {
            signUp.ask(i + email);
            reset.ask(i + email);
        }

        String refusal = "email: too many letters of late (expected: another try in a quarter of an hour)";
        assertThatThrownBy(() -> signUp.ask(email)).hasMessage(refusal);
        assertThatThrownBy(() -> reset.ask(email)).hasMessage(refusal);
        comeFrom("2001:db8:" + unique.substring(9, 13) + ":" + unique.substring(15, 18) + "::1");
        signUp.ask(email);
    }

    @Test
    void isClosedUnlessItIsOpened() {
        signUp.ask(email);
        String link = console.linkTo(email);
        SignUp closed = closed();

        assertThat(closed.isOpen()).isFalse();
        assertThatThrownBy(() -> closed.ask("bob@" + unique + ".example"))
                .hasMessage("sign-up: closed (expected: an invitation by somebody who is a member)");
        assertThat(closed.open(link)).as("of a link from when it was open").isEmpty();
        assertThatThrownBy(() -> closed.confirm(link, "Ada", PASSWORD))
                .hasMessageStartingWith("link: it works no more");
    }

    private SignUp closed() {
        ConsoleSettings open = console.context().getBean(ConsoleSettings.class);
        return new SignUp(
                new ConsoleSettings(
                        open.publicProxyUrl(),
                        open.proxyUrl(),
                        open.managementPortFile(),
                        open.secretKey(),
                        ConsoleSettings.SignUp.CLOSED,
                        open.redisUrl(),
                        open.clickHouse(),
                        open.eventsTopic(),
                        open.upstreamAllow(),
                        open.upstreamDeny()),
                console.context().getBean(LetterThrottle.class),
                console.context().getBean(AddressProofs.class),
                console.context().getBean(People.class),
                console.context().getBean(Passwords.class));
    }

    private void assertNoMore(String link) {
        assertThat(signUp.open(link)).isEmpty();
        assertThatThrownBy(() -> signUp.confirm(link, "Ada", PASSWORD))
                .hasMessageStartingWith("link: it works no more");
    }

    private String accounts() {
        return console.database().text("SELECT count(*) FROM users WHERE email = '" + email + "'");
    }

    private String letters() {
        return console.database().text("SELECT count(*) FROM deliveries WHERE lower(mail_to) = '" + email + "'");
    }

    private void pass(String time) throws SQLException {
        try (Connection owner = console.database().owner()) {
            TestDatabase.change(
                    owner,
                    "UPDATE address_proofs SET created_at = created_at - interval '%s', expires_at = expires_at - interval '%s' WHERE lower(email) = '%s'"
                            .formatted(time, time, email));
        }
    }

    private static void comeFrom(String address) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setRemoteAddr(address);
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));
    }
}
