package io.rateguard.console.members;

import static io.rateguard.console.fixture.TestDatabase.change;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rateguard.console.fixture.RunningConsole;
import io.rateguard.console.fixture.RunningConsole.Answer;
import io.rateguard.console.fixture.TestDatabase;
import io.rateguard.console.members.Invitations.Offer;
import io.rateguard.console.security.Role;
import io.rateguard.domain.key.Secret;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.security.crypto.password.PasswordEncoder;
import tools.jackson.databind.JsonNode;

class InvitationsIT {

    private static final String PASSWORD = "a good password";

    private final RunningConsole console = RunningConsole.get();
    private final Invitations invitations = console.context().getBean(Invitations.class);
    private final String team = "team-" + UUID.randomUUID();
    private final String guest = "guest-" + UUID.randomUUID() + "@guests.example";
    private final Secret owner = TestDatabase.newToken();

    @BeforeEach
    void foundATeam() {
        console.database().bootstrap(team + "/The team", "boss@" + team + ".example", PASSWORD, owner);
    }

    @Test
    void sendsALetterAndShowsItsLinkToNobodyElse() {
        Answer created = invite(guest, "developer");
        String link = console.linkTo(guest);

        assertThat(created.status()).as(created.text()).isEqualTo(201);
        assertThat(created.json().path("email").asString()).isEqualTo(guest);
        assertThat(created.json().path("role").asString()).isEqualTo("developer");
        assertThat(created.json().path("delivery").asString()).isEqualTo("pending");
        assertThat(list().path("items").path(0)).isEqualTo(created.json());
        assertThat(created.text() + list() + audit("")).doesNotContain(link).doesNotContain("\"hash\"");
        assertThat(invitations.open(link))
                .contains(new Offer("The team", guest, Role.DEVELOPER, "management token (owner)", false));
        assertThat(invitations.open(link)).as("to look takes nothing").isPresent();
    }

    @Test
    void makesAnAccountForWhomHasNone() {
        invite(guest, "viewer");
        String link = console.linkTo(guest);

        invitations.accept(link, " Guest ", PASSWORD);

        JsonNode member = members().path("items").path(1);
        assertThat(member.path("email").asString()).isEqualTo(guest);
        assertThat(member.path("name").asString()).isEqualTo("Guest");
        assertThat(member.path("role").asString()).isEqualTo("viewer");
        assertThat(list().path("items")).isEmpty();
        PasswordEncoder passwords = console.context().getBean(PasswordEncoder.class);
        assertThat(passwords.matches(PASSWORD, passwordHash())).isTrue();
        for (String resource : new String[] {"invitations", "members"}) {
            JsonNode entry = audit("&resource=" + resource).path("items").path(0);
            assertThat(entry.path("actor").path("type").asString()).isEqualTo("person");
            assertThat(entry.path("actor").path("name").asString()).isEqualTo(guest);
            assertThat(entry.path("action").asString()).isIn("accepted", "created");
        }
    }

    @Test
    void takesInWhoHasAnAccountAndLeavesItAsItIs() {
        String elsewhere = "elsewhere-" + UUID.randomUUID();
        console.database().bootstrap(elsewhere, guest, PASSWORD, TestDatabase.newToken());
        String before = passwordHash();
        invite(guest.toUpperCase(Locale.ROOT), "admin");
        String link = console.linkTo(guest.toUpperCase(Locale.ROOT));

        assertThat(invitations.open(link).orElseThrow().hasAccount()).isTrue();
        invitations.accept(link, "Mallory", "another password");

        assertThat(members().path("items").path(1).path("email").asString()).isEqualTo(guest);
        assertThat(members().path("items").path(1).path("role").asString()).isEqualTo("admin");
        assertThat(passwordHash()).isEqualTo(before);
    }

    @Test
    void worksOnce() {
        invite(guest, "viewer");
        String link = console.linkTo(guest);
        invitations.accept(link, "Guest", PASSWORD);

        assertNoMore(link);
    }

    @Test
    void worksNoMoreOnceItIsRevokedReplacedOrAWeekOld() throws SQLException {
        invite(guest, "viewer");
        String replaced = console.linkTo(guest);
        String second = invite(guest, "viewer").json().path("id").asString();
        String revoked = console.linkTo(guest);
        assertNoMore(replaced);

        assertThat(ask("DELETE", "invitations/" + second, owner, null).status()).isEqualTo(204);
        assertThat(ask("DELETE", "invitations/" + second, owner, null).status()).isEqualTo(404);
        assertNoMore(revoked);

        String third = invite(guest, "viewer").json().path("id").asString();
        String late = console.linkTo(guest);
        try (Connection database = console.database().owner()) {
            change(database, "UPDATE invitations SET expires_at = now() WHERE id = '" + third + "'");
        }
        assertNoMore(late);
        assertNoMore(Secret.create(Secret.Kind.LINK, new SecureRandom()).reveal());
        assertNoMore(owner.reveal());
        assertNoMore("x");
    }

    @ParameterizedTest
    @CsvSource({"' ',a good password,name: 0 characters", "Guest,short,password: 5 characters (expected: 8 to 200)"})
    void asksForANameAndALongPassword(String name, String password, String detail) {
        invite(guest, "viewer");
        String link = console.linkTo(guest);

        assertThatThrownBy(() -> invitations.accept(link, name, password)).hasMessageStartingWith(detail);
        assertThat(invitations.open(link)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"owner,201,201", "admin,201,403", "developer,403,403", "viewer,403,403", "billing,403,403"})
    void isForThoseWhoAdministerAndOwnersAreInvitedByOwnersAlone(String role, int members, int owners)
            throws SQLException {
        Secret token = console.database().token(team, role);
        String ofAnOwner = invite(guest, "owner").json().path("id").asString();

        assertThat(ask("POST", "invitations", token, body(guest, "viewer")).status())
                .as("in place of an owner's")
                .isEqualTo(owners);
        ofAnOwner = invite(guest, "owner").json().path("id").asString();
        assertThat(ask("GET", "invitations", token, null).status()).isEqualTo(members == 201 ? 200 : 403);
        assertThat(ask("DELETE", "invitations/" + ofAnOwner, token, null).status())
                .isEqualTo(owners == 201 ? 204 : 403);
        assertThat(ask("POST", "invitations", token, body("m-" + guest, "viewer"))
                        .status())
                .isEqualTo(members);
        assertThat(ask("POST", "invitations", token, body("o-" + guest, "owner"))
                        .status())
                .isEqualTo(owners);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|email: missing",
                "{\"email\":\"ada\"}|email: ada (expected: an email address)",
                "{\"email\":\"ada@acme.example\"}|role: missing",
                "{\"email\":\"ada@acme.example\",\"role\":\"boss\"}|role: boss (expected: owner, admin, developer, viewer or billing)"
            })
    void namesTheFieldTheValueAndWhatWasExpected(String body, String detail) {
        Answer answer = ask("POST", "invitations", owner, body);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.detail()).isEqualTo(detail);
    }

    @Test
    void invitesNoMember() {
        Answer answer = invite("BOSS@" + team + ".example", "viewer");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("already_member");
    }

    @Test
    void doesNotFindThoseOfOthers() {
        String id = invite(guest, "viewer").json().path("id").asString();

        assertThat(console.delete("invitations/" + id).status()).isEqualTo(404);
        assertThat(list().path("items")).hasSize(1);
    }

    private void assertNoMore(String link) {
        assertThat(invitations.open(link)).isEmpty();
        assertThatThrownBy(() -> invitations.accept(link, "Guest", PASSWORD)).hasMessageContaining("works no more");
    }

    private Answer invite(String email, String role) {
        return ask("POST", "invitations", owner, body(email, role));
    }

    private static String body(String email, String role) {
        return "{\"email\":\"%s\",\"role\":\"%s\"}".formatted(email, role);
    }

    private JsonNode list() {
        return ask("GET", "invitations", owner, null).json();
    }

    private JsonNode members() {
        return ask("GET", "members", owner, null).json();
    }

    private JsonNode audit(String filter) {
        return ask("GET", "audit?limit=500" + filter, owner, null).json();
    }

    private String passwordHash() {
        return console.database().text("SELECT password_hash FROM users WHERE email = '" + guest + "'");
    }

    private Answer ask(String method, String path, Secret token, String body) {
        return console.ask(method, "/api/v1/workspaces/" + team + "/" + path, token, body);
    }
}
