package io.rateguard.console.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.console.account.OwnAccount;
import io.rateguard.console.account.PasswordReset;
import io.rateguard.console.fixture.Browser;
import io.rateguard.console.fixture.RunningConsole;
import io.rateguard.console.fixture.TestDatabase;
import io.rateguard.domain.key.Secret;
import io.rateguard.domain.secret.Totp;
import jakarta.servlet.http.HttpSessionBindingEvent;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpSession;

/** A console that was lost, as the next one sees it: it does not know the browser's own session. */
class TakeOverIT {

    private static final String ANOTHER = "another good password";
    private static final String SESSION = "rateguard_session";
    private static final String SIGN_IN = "rateguard_signin";

    @RegisterExtension
    final TwoBrowsers ada = new TwoBrowsers();

    private final RunningConsole console = ada.console;
    private final Sessions sessions = ada.sessions;
    private final OwnAccount account = console.context().getBean(OwnAccount.class);
    private final String email = ada.email;
    private final Browser laptop = ada.laptop;
    private final Browser phone = ada.phone;

    @Test
    void goesOnWithTheSessionAndAsksForNothing() throws Exception {
        UUID before = ada.id("laptop");
        String signIns = ada.audit("sign-ins");
        laptop.forget(SESSION);

        assertThat(laptop.get("/").statusCode()).isEqualTo(200);

        assertThat(laptop.cookie(SESSION)).isPresent();
        assertThat(sessions.list(null)).hasSize(2);
        assertThat(ada.id("laptop")).isEqualTo(before);
        assertThat(ada.audit("sign-ins")).isEqualTo(signIns);
    }

    @Test
    void endsWithTheSessionThatWasTakenOver() throws Exception {
        laptop.forget(SESSION);
        laptop.get("/");

        sessions.end(ada.id("laptop"));

        TwoBrowsers.awaitSignedOut(laptop);
        assertThat(laptop.cookie(SIGN_IN)).isEmpty();
    }

    @Test
    void isOfferedByACookieThatNoScriptAndNoOtherSiteGets() throws Exception {
        try (Browser tablet = new Browser(console, "tablet")) {
            tablet.signIn(email, TwoBrowsers.PASSWORD);
            HttpResponse<String> first = tablet.get("/");

            assertThat(first.headers().allValues("Set-Cookie"))
                    .filteredOn(cookie -> cookie.startsWith(SIGN_IN))
                    .singleElement()
                    .asString()
                    .matches(SIGN_IN + "=rgs_\\w{38}; Path=/; HttpOnly; SameSite=Lax");
            assertThat(tablet.get("/").headers().allValues("Set-Cookie")).isEmpty();
        }
    }

    @Test
    void isKnownByAHashThatNoEntryOfTheAuditLogShows() {
        Secret secret = Secret.parse(laptop.cookie(SIGN_IN).orElseThrow()).orElseThrow();

        sessions.end(ada.id("laptop"));

        assertThat(console.database()
                        .text("SELECT count(*) FROM sessions WHERE secret_hash = sha256('" + secret.reveal()
                                + "'::bytea)"))
                .isEqualTo("1");
        assertThat(ada.audit("sessions")).contains("\"ended\"").doesNotContain("secret");
    }

    @Test
    void givesNobodyASessionWhoseIdWasKnownBefore() throws Exception {
        String secret = laptop.cookie(SIGN_IN).orElseThrow();
        laptop.forget(SESSION);
        laptop.forget(SIGN_IN);
        laptop.get("/login");
        String planted = laptop.cookie(SESSION).orElseThrow();

        laptop.keep(SIGN_IN, secret);
        assertThat(laptop.get("/").statusCode()).isEqualTo(200);

        assertThat(laptop.cookie(SESSION)).isPresent().get().isNotEqualTo(planted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "rgs_", "rgs_not-one", "unknown", "of another kind"})
    void takesAMadeUpCookieForNone(String kind) throws Exception {
        String madeUp = switch (kind) {
            case "unknown" ->
                Secret.create(Secret.Kind.SESSION, new SecureRandom()).reveal();
            case "of another kind" -> ada.owner.reveal();
            default -> kind;
        };
        laptop.forget(SESSION);
        laptop.keep(SIGN_IN, madeUp);

        assertWorthless(laptop);
    }

    @Test
    void waitsUntilAPageIsLoaded() throws Exception {
        laptop.forget(SESSION);

        assertThat(laptop.get("/?v-r=heartbeat&v-uiId=0").statusCode()).isEqualTo(403);

        assertThat(laptop.cookie(SESSION)).isEmpty();
        assertThat(laptop.cookie(SIGN_IN)).isPresent();
        assertThat(laptop.get("/").statusCode()).isEqualTo(200);
    }

    @Test
    void isNoneAfterASignOut() throws Exception {
        String secret = laptop.cookie(SIGN_IN).orElseThrow();

        laptop.signOut();

        assertThat(laptop.cookie(SIGN_IN)).isEmpty();
        assertThat(sessions.list(null)).extracting(Session::browser).containsExactly("phone");
        laptop.keep(SIGN_IN, secret);
        assertWorthless(laptop);
    }

    @Test
    void isNoneOfASessionThatWasEndedElsewhere() throws Exception {
        sessions.end(ada.id("phone"));

        assertWorthless(phone);
        assertTakenOver(laptop);
    }

    @Test
    void isNoneOfTheOthersOnceTheyWereEnded() throws Exception {
        sessions.endOthers(ada.id("laptop"));

        assertWorthless(phone);
        assertTakenOver(laptop);
    }

    @Test
    void isNoneOfTheOthersAfterANewPassword() throws Exception {
        account.changePassword(TwoBrowsers.PASSWORD, ANOTHER, ada.id("laptop"));

        assertWorthless(phone);
        assertTakenOver(laptop);
    }

    @Test
    void isNoneAfterAReset() throws Exception {
        PasswordReset reset = console.context().getBean(PasswordReset.class);
        reset.ask(email);

        reset.choose(console.linkTo(email), ANOTHER);

        assertWorthless(phone);
    }

    @Test
    void isNoneOnceTheAccountIsDisabledEvenIfItIsNoMore() throws Exception {
        for (String disabledAt : List.of("now()", "null")) {
            console.database()
                    .text("UPDATE users SET disabled_at = " + disabledAt + " WHERE email = '" + email
                            + "' RETURNING id");
        }

        assertWorthless(phone);
    }

    @Test
    void isNoneWhenNobodyUsedItForTooLong() throws Exception {
        rest("phone", "8 hours");

        assertWorthless(phone);
        rest("laptop", "7 hours 59 minutes");
        assertTakenOver(laptop);
    }

    @Test
    void outlivesAConsoleThatStopsAndEndsWhereNobodyUsesItElsewhere() throws Exception {
        NotedSession noted = new NotedSession(
                sessions,
                console.context().getBean(CurrentCaller.class).person().user(),
                ada.id("phone"),
                Instant.now());
        HttpSessionBindingEvent gone = new HttpSessionBindingEvent(new MockHttpSession(), NotedSession.ATTRIBUTE);

        noted.valueUnbound(gone);

        assertTakenOver(phone);
        rest("phone", "8 hours");
        noted.valueUnbound(gone);
        assertThat(ada.audit("sessions")).contains("\"ended\"");
    }

    @Test
    void isOfWhoSignedInLastInOneBrowser() throws Exception {
        String other = "bob@" + ada.team + ".example";
        console.database().bootstrap(ada.team + "-2", other, TwoBrowsers.PASSWORD, TestDatabase.newToken());

        laptop.signIn(other, TwoBrowsers.PASSWORD);
        laptop.get("/");

        assertThat(sessions.list(null)).extracting(Session::browser).containsExactly("phone");
        assertTakenOver(laptop);
        SignedIn.as(console, other);
        assertThat(sessions.list(null)).extracting(Session::browser).containsExactly("laptop");
    }

    @Test
    void isNotOfferedBetweenPasswordAndCode() throws Exception {
        SecondFactors factors = console.context().getBean(SecondFactors.class);
        byte[] secret = factors.newSecret();
        factors.turnOn(secret, Totp.code(secret, Instant.now()));
        try (Browser tablet = new Browser(console, "tablet")) {
            assertThat(tablet.signIn(email, TwoBrowsers.PASSWORD).headers().firstValue("Location"))
                    .hasValue(console.url() + "/second-step");
            assertThat(tablet.get("/second-step").statusCode()).isEqualTo(200);

            assertThat(tablet.cookie(SIGN_IN)).isEmpty();
        }
    }

    private static void assertTakenOver(Browser browser) throws Exception {
        browser.forget(SESSION);
        assertThat(browser.get("/").statusCode()).isEqualTo(200);
    }

    private static void assertWorthless(Browser browser) throws Exception {
        browser.forget(SESSION);
        assertThat(browser.get("/").headers().firstValue("Location"))
                .isPresent()
                .get()
                .asString()
                .endsWith("/login");
        assertThat(browser.cookie(SIGN_IN)).isEmpty();
    }

    private void rest(String browser, String forSoLong) {
        console.database()
                .text("UPDATE sessions SET seen_at = now() - interval '" + forSoLong + "' WHERE id = '"
                        + ada.id(browser) + "' RETURNING id");
    }
}
