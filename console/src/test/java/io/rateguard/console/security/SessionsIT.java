package io.rateguard.console.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rateguard.console.account.OwnAccount;
import io.rateguard.console.account.PasswordReset;
import io.rateguard.console.fixture.Browser;
import io.rateguard.console.fixture.RunningConsole;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SessionsIT {

    @RegisterExtension
    final TwoBrowsers ada = new TwoBrowsers();

    private final RunningConsole console = ada.console;
    private final Sessions sessions = ada.sessions;
    private final OwnAccount account = console.context().getBean(OwnAccount.class);
    private final String email = ada.email;
    private final Browser laptop = ada.laptop;
    private final Browser phone = ada.phone;

    @Test
    void showWhereOneIsSignedIn() {
        List<Session> all = sessions.list(ada.id("laptop"));

        assertThat(all).extracting(Session::browser).containsExactly("phone", "laptop");
        assertThat(all).extracting(Session::own).containsExactly(false, true);
        assertThat(all).extracting(Session::address).containsOnly("127.0.0.1");
    }

    @Test
    void endElsewhereWithinSecondsAndForThatBrowserAlone() throws Exception {
        sessions.end(ada.id("phone"));

        assertThat(sessions.list(null)).extracting(Session::browser).containsExactly("laptop");
        TwoBrowsers.awaitSignedOut(phone);
        assertThat(laptop.get("/").statusCode()).isEqualTo(200);
        assertThat(ada.audit("sessions")).contains("\"action\":\"ended\"", "\"name\":\"" + email + "\"");
    }

    @Test
    void endTogetherButForOne() throws Exception {
        sessions.endOthers(ada.id("laptop"));

        TwoBrowsers.awaitSignedOut(phone);
        assertThat(laptop.get("/").statusCode()).isEqualTo(200);
    }

    @Test
    void endWithANewPassword() throws Exception {
        assertThatThrownBy(() -> account.changePassword("wrong", "another good password", ada.id("laptop")))
                .hasMessage("current: another one (expected: the password of " + email + ")");
        assertThatThrownBy(() -> account.changePassword(TwoBrowsers.PASSWORD, "short", ada.id("laptop")))
                .hasMessageStartingWith("password: 5 characters");
        assertThat(sessions.list(null)).hasSize(2);

        account.changePassword(TwoBrowsers.PASSWORD, "another good password", ada.id("laptop"));

        assertThat(sessions.list(null)).extracting(Session::browser).containsExactly("laptop");
        TwoBrowsers.awaitSignedOut(phone);
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

        TwoBrowsers.awaitSignedOut(phone);
    }

    @Test
    void areOnesOwn() {
        UUID theirs = ada.id("laptop");
        SignedIn.as(UUID.randomUUID(), "bob@acme.example");

        assertThat(sessions.list(null)).isEmpty();
        assertThatThrownBy(() -> sessions.end(theirs)).hasMessageContaining("expected: one of your own");
    }
}
