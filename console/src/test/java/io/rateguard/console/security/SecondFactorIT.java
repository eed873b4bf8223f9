package io.rateguard.console.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.web.context.HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY;

import io.rateguard.console.account.OwnAccount;
import io.rateguard.console.fixture.Browser;
import io.rateguard.console.fixture.RunningConsole;
import io.rateguard.console.fixture.TestDatabase;
import io.rateguard.domain.key.Secret;
import io.rateguard.domain.secret.Totp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

class SecondFactorIT {

    private static final String PASSWORD = "a good password";

    private final RunningConsole console = RunningConsole.get();
    private final SecondFactors factors = console.context().getBean(SecondFactors.class);
    private final SecondStep step = console.context().getBean(SecondStep.class);
    private final String team = "team-" + UUID.randomUUID();
    private final String email = "ada@" + team + ".example";
    private final Secret owner = TestDatabase.newToken();
    private final byte[] secret = factors.newSecret();
    private Account ada;

    @BeforeEach
    void openAnAccount() {
        console.database().bootstrap(team, email, PASSWORD, owner);
        ada = new Account(
                UUID.fromString(console.database().text("SELECT id FROM users WHERE email = '" + email + "'")),
                email,
                "",
                true,
                true);
        SecurityContextHolder.getContext()
                .setAuthentication(UsernamePasswordAuthenticationToken.authenticated(ada, null, ada.getAuthorities()));
    }

    @AfterEach
    void signOut() {
        SecurityContextHolder.clearContext();
    }

    @Test
    void asksForACodeAfterTheRightPasswordAlone() throws Exception {
        turnOn();
        try (Browser browser = new Browser(console, "test")) {
            assertThat(browser.signIn(email, "wrong").headers().firstValue("Location"))
                    .hasValue(console.url() + "/login?error");
            assertThat(browser.signIn(email, PASSWORD).headers().firstValue("Location"))
                    .hasValue(console.url() + "/second-step");
            assertThat(browser.get("/").statusCode()).isEqualTo(302);
            assertThat(browser.get("/second-step").statusCode()).isEqualTo(200);
        }
        assertThat(signIns()).doesNotContain("signed-in");
    }

    @Test
    void letsInWithTheCodeOfNow() {
        turnOn();
        MockHttpServletRequest request = halfSignedIn();

        step.finish(request, new MockHttpServletResponse(), " " + codeOfTheNextStep());

        assertThat(request.getSession().getAttribute(SPRING_SECURITY_CONTEXT_KEY))
                .isNotNull();
        assertThat(step.waiting(request.getSession())).isEmpty();
        assertThat(signIns()).contains("\"action\":\"signed-in\"");
    }

    @Test
    void takesNoCodeTwice() {
        turnOn();
        String code = codeOfTheNextStep();
        step.finish(halfSignedIn(), new MockHttpServletResponse(), code);

        assertRefused(code);
        assertRefused(Totp.code(secret, Instant.now()));
    }

    @Test
    void takesEachRecoveryCodeOnceHoweverItIsTyped() {
        List<String> recovery = turnOn();
        assertThat(recovery)
                .hasSize(10)
                .doesNotHaveDuplicates()
                .allMatch(it -> it.matches("([A-Z2-7]{4}-){3}[A-Z2-7]{4}"));

        step.finish(
                halfSignedIn(),
                new MockHttpServletResponse(),
                recovery.getFirst().toLowerCase(Locale.ROOT).replace("-", " "));

        assertRefused(recovery.getFirst());
        step.finish(halfSignedIn(), new MockHttpServletResponse(), recovery.getLast());
        assertThat(audit("users"))
                .contains("recovery-code-used", "second-factor-on")
                .doesNotContain("recoveryHashes", "totp");
    }

    @Test
    void shutsTheDoorOnWhoGuesses() {
        turnOn();
        for (int i = 0; i < 10; i++) {
            assertRefused("000000");
        }

        assertThatThrownBy(() -> step.finish(halfSignedIn(), new MockHttpServletResponse(), codeOfTheNextStep()))
                .hasMessageStartingWith("code: too many attempts");
        assertThat(signIns()).contains("\"action\":\"refused\"");
    }

    @Test
    void isAskedForNothingWithoutThePassword() {
        turnOn();
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.getSession(true);

        assertThat(step.waiting(request.getSession())).isEmpty();
        assertThatThrownBy(() -> step.finish(request, new MockHttpServletResponse(), codeOfTheNextStep()))
                .hasMessageStartingWith("sign-in: too long ago");
    }

    @Test
    void isTurnedOnWithACodeAndOffWithThePassword() throws Exception {
        assertThatThrownBy(() -> factors.turnOn(secret, "123")).hasMessageStartingWith("code: another one");
        assertThat(factors.isOn()).isFalse();
        turnOn();
        assertThat(factors.isOn()).isTrue();
        OwnAccount account = console.context().getBean(OwnAccount.class);

        assertThatThrownBy(() -> account.turnSecondFactorOff("wrong")).hasMessageStartingWith("current: another one");
        account.turnSecondFactorOff(PASSWORD);

        assertThat(factors.isOn()).isFalse();
        try (Browser browser = new Browser(console, "test")) {
            assertThat(browser.signIn(email, PASSWORD).headers().firstValue("Location"))
                    .hasValue(console.url() + "/");
        }
    }

    @Test
    void isTurnedOffWithACodeThatWasNotUsedToo() {
        List<String> recovery = turnOn();
        OwnAccount account = console.context().getBean(OwnAccount.class);
        assertThatThrownBy(() -> account.turnSecondFactorOff(Totp.code(secret, Instant.now())))
                .hasMessage("current: another one (expected: the password of " + email + ", or a code)");
        account.changePassword(codeOfTheNextStep(), "another good password", null);

        account.turnSecondFactorOff(recovery.getFirst());

        assertThat(factors.isOn()).isFalse();
    }

    @Test
    void spendsNoCodeOnAPasswordThatWouldNotDo() {
        String code = turnOn().getFirst();
        OwnAccount account = console.context().getBean(OwnAccount.class);

        assertThatThrownBy(() -> account.changePassword(code, "short", null))
                .hasMessage("password: 5 characters (expected: 8 to 200)");

        account.changePassword(code, "another good password", null);
    }

    @Test
    void isNotReplacedWhileItIsOn() {
        turnOn();
        byte[] theirs = factors.newSecret();

        assertThatThrownBy(() -> factors.turnOn(theirs, Totp.code(theirs, Instant.now())))
                .hasMessage("second factor: on (expected: turned off first)");
    }

    @Test
    void shutsTheDoorOnWhoGuessesAtAScreenThatWasLeftOpen() {
        OwnAccount account = console.context().getBean(OwnAccount.class);
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> account.changePassword("wrong", "another good password", null))
                    .hasMessageStartingWith("current: another one");
        }

        assertThatThrownBy(() -> account.changePassword(PASSWORD, "another good password", null))
                .hasMessage("current: too many attempts (expected: another try in a quarter of an hour)");
    }

    private List<String> turnOn() {
        return factors.turnOn(secret, Totp.code(secret, Instant.now()));
    }

    /** The code of now was used to turn it on. */
    private String codeOfTheNextStep() {
        return Totp.code(secret, Instant.now().plusSeconds(30));
    }

    private void assertRefused(String code) {
        assertThatThrownBy(() -> step.finish(halfSignedIn(), new MockHttpServletResponse(), code))
                .hasMessageStartingWith("code: another one");
    }

    private MockHttpServletRequest halfSignedIn() {
        MockHttpServletRequest request = new MockHttpServletRequest();
        step.begin(request.getSession(true), ada);
        return request;
    }

    private String signIns() {
        return audit("sign-ins");
    }

    private String audit(String resource) {
        return console.ask("GET", "/api/v1/workspaces/" + team + "/audit?limit=500&resource=" + resource, owner, null)
                .text();
    }
}
