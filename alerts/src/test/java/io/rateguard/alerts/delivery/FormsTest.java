package io.rateguard.alerts.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.alerts.delivery.Notice.BudgetReached;
import io.rateguard.domain.alert.AlertKind;
import io.rateguard.domain.budget.BudgetPeriod;
import io.rateguard.domain.key.Secret;
import io.rateguard.domain.letter.Letter;
import io.rateguard.domain.money.Money;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** The forms of a notice, compared with the files beside this test, which people have read. */
class FormsTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static final BudgetReached EIGHTY = reached("Team");

    @Test
    void theEmailReadsAsItShould() {
        EmailText email = EmailText.of(EIGHTY);

        assertThat(email.subject()).isEqualTo("RateGuard: budget \"Team\" has reached 80 %");
        assertThat(email.text()).isEqualTo(expected("eighty.txt"));
        assertThat(email.html()).isEqualTo(expected("eighty.html"));
    }

    @Test
    void theSlackMessageReadsAsItShould() {
        assertThat(pretty(SlackText.of(EIGHTY).toString())).isEqualTo(expected("eighty.json"));
    }

    @Test
    void aTestSaysThatItIsOne() {
        EmailText email = EmailText.of(new Notice.Test("Main", "ops", URI.create("https://console.example/w/main")));

        assertThat(email.subject()).isEqualTo("RateGuard: test of channel \"ops\"");
        assertThat(email.text()).isEqualTo(expected("test.txt"));
        assertThat(email.html()).doesNotContain("{{").contains("This channel works");
    }

    @Test
    void anInvitationReadsAsItShould() {
        Letter.Invitation letter = new Letter.Invitation(
                "Acme <Inc.>",
                "ada@acme.example",
                "developer",
                Secret.create(Secret.Kind.LINK, new SecureRandom()),
                Instant.parse("2026-12-04T09:00:00Z"));
        EmailText email =
                EmailText.of(new Posted("bob@acme.example", letter, URI.create("https://console.example/join/x")));

        assertThat(email.subject()).isEqualTo("RateGuard: invitation to \"Acme <Inc.>\"");
        assertThat(email.text()).isEqualTo(expected("invitation.txt"));
        assertThat(email.html())
                .doesNotContain("{{", "<Inc.>")
                .contains("href=\"https://console.example/join/x\"", "Acme &lt;Inc.&gt;");
    }

    @Test
    void aLetterAboutAPasswordReadsAsItShould() {
        Letter.PasswordReset letter = new Letter.PasswordReset(
                Secret.create(Secret.Kind.LINK, new SecureRandom()), Instant.parse("2026-12-04T09:00:00Z"));
        EmailText email =
                EmailText.of(new Posted("bob@acme.example", letter, URI.create("https://console.example/reset/x")));

        assertThat(email.subject()).isEqualTo("RateGuard: choose a new password");
        assertThat(email.text()).isEqualTo(expected("reset.txt"));
        assertThat(email.html()).doesNotContain("{{").contains("href=\"https://console.example/reset/x\"");
    }

    @ParameterizedTest
    @MethodSource("lettersOfAccounts")
    void aLetterAboutAnAccountReadsAsItShould(Letter letter, String subject, String file) {
        EmailText email =
                EmailText.of(new Posted("bob@acme.example", letter, URI.create("https://console.example/page/x")));

        assertThat(email.subject()).isEqualTo("RateGuard: " + subject);
        assertThat(email.text()).isEqualTo(expected(file));
        assertThat(email.html()).doesNotContain("{{").contains("href=\"https://console.example/page/x\"");
    }

    static List<Arguments> lettersOfAccounts() {
        Secret secret = Secret.create(Secret.Kind.LINK, new SecureRandom());
        Instant until = Instant.parse("2026-12-04T09:00:00Z");
        return List.of(
                Arguments.of(new Letter.SignUp(secret, until), "open your account", "sign-up.txt"),
                Arguments.of(new Letter.KnownAddress(), "you have an account", "known-address.txt"),
                Arguments.of(
                        new Letter.NewAddress("ada@acme.example", secret, until),
                        "your new address",
                        "new-address.txt"),
                Arguments.of(
                        new Letter.AddressChanged("bob@new.example"),
                        "the address of your account has changed",
                        "address-changed.txt"));
    }

    @Test
    void aNameCannotBringMarkupMentionsOrPlacesAlong() {
        BudgetReached hostile = reached("<b>&{{link}}<!channel>");

        assertThat(EmailText.of(hostile).html())
                .contains("&lt;b&gt;&amp;{{link}}&lt;!channel&gt;")
                .doesNotContain("<b>", "<!channel>");
        assertThat(SlackText.of(hostile).path("text").asString()).contains("&lt;b&gt;&amp;{{link}}&lt;!channel&gt;");
    }

    @Test
    void aHeaderTooLongForSlackIsCut() {
        assertThat(header(reached("x".repeat(200)))).hasSize(150).endsWith("x…");
        assertThat(header(reached("😀".repeat(100)))).hasSizeBetween(149, 150).endsWith("😀…");
        assertThat(header(reached("y" + "😀".repeat(100))))
                .hasSizeBetween(149, 150)
                .endsWith("😀…");
    }

    @Test
    void aSignAtTheFrontTellsHowBadItIs() {
        assertThat(header(reached(25, true))).startsWith("🔴 ");
        assertThat(header(reached(25, false))).as("it only alerts").startsWith("🟠 ");
        assertThat(header(reached(24, true))).startsWith("🟠 ");
        assertThat(header(incident(null))).startsWith("🟠 ");
        assertThat(header(incident(Instant.parse("2026-11-23T12:10:00Z")))).startsWith("🟢 ");
    }

    private static String header(Notice notice) {
        return SlackText.of(notice)
                .path("blocks")
                .path(0)
                .path("text")
                .path("text")
                .asString();
    }

    private static Notice.Incident incident(@Nullable Instant over) {
        return new Notice.Incident(
                "Main",
                "Watch",
                AlertKind.ERROR_RATE,
                "demo",
                12_500,
                5_000,
                240,
                AlertKind.ERROR_RATE.window(),
                Instant.parse("2026-11-23T12:00:00Z"),
                over,
                1_234,
                URI.create("https://console.example/w/main/requests"));
    }

    private static BudgetReached reached(long spentNanos, boolean shutsOff) {
        return new BudgetReached(
                "Main",
                "Team",
                80,
                Money.ofNanos(25),
                Money.ofNanos(spentNanos),
                BudgetPeriod.MONTH.windowAt(Instant.parse("2026-11-23T12:00:00Z"), BERLIN),
                List.of(),
                BERLIN,
                shutsOff,
                null,
                URI.create("https://console.example/w/main/budgets"));
    }

    private static BudgetReached reached(String budget) {
        return new BudgetReached(
                "Main",
                budget,
                80,
                Money.ofNanos(25_000_000_000L),
                Money.ofNanos(20_123_456_789L),
                BudgetPeriod.MONTH.windowAt(Instant.parse("2026-11-23T12:00:00Z"), BERLIN),
                List.of(),
                BERLIN,
                true,
                new Notice.Offer(
                        Money.ofNanos(6_250_000_000L),
                        Instant.parse("2026-11-30T23:00:00Z"),
                        "token",
                        URI.create("https://console.example/w/main/increase?offer=token")),
                URI.create("https://console.example/w/main/budgets"));
    }

    private static String pretty(String json) {
        JsonMapper mapper = JsonMapper.shared();
        return mapper.writerWithDefaultPrettyPrinter()
                        .writeValueAsString(mapper.readTree(json))
                        .replace("\r\n", "\n")
                + "\n";
    }

    private static String expected(String name) {
        try (InputStream in = FormsTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException | NullPointerException missing) {
            throw new IllegalStateException(name + ": missing", missing);
        }
    }
}
