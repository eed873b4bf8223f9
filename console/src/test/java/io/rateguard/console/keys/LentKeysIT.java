package io.rateguard.console.keys;

import static io.rateguard.console.fixture.TestDatabase.change;
import static io.rateguard.console.fixture.TestDatabase.column;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rateguard.console.calls.LentKey;
import io.rateguard.console.calls.Purpose;
import io.rateguard.console.fixture.RunningConsole;
import io.rateguard.console.fixture.RunningConsole.Answer;
import io.rateguard.console.problem.Problem;
import io.rateguard.console.security.SignedIn;
import io.rateguard.domain.id.WorkspaceId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** A key that the console lends to a member for a moment. */
class LentKeysIT {

    private final RunningConsole console = RunningConsole.get();
    private final Keys keys = console.context().getBean(Keys.class);
    private final String api = "lent-" + UUID.randomUUID();
    private WorkspaceId acme;

    @BeforeEach
    void signIn() throws SQLException {
        console.post("apis", """
                {"slug":"%s","profile":"generic","baseUrl":"https://api.example","auth":{"type":"none"}}""".formatted(api));
        acme = console.database().workspace("acme");
        SignedIn.as(console, RunningConsole.EMAIL);
    }

    @AfterEach
    void signOut() {
        SignedIn.out();
    }

    @Test
    void worksForOneApiAndTenMinutesInTheNameOfWhoeverAsked() throws SQLException {
        Instant before = Instant.now();

        LentKey lent = keys.lend(acme, api, Purpose.PLAYGROUND);

        JsonNode key = listed(lent);
        assertThat(key.path("name").asString()).isEqualTo("Playground of " + RunningConsole.EMAIL);
        assertThat(key.path("lentFor").asString()).isEqualTo("playground");
        assertThat(key.path("apis").toString()).isEqualTo("[\"" + api + "\"]");
        assertThat(lent.expiresAt()).isBetween(before.plusSeconds(599), before.plusSeconds(620));
        assertThat(Instant.parse(key.path("expiresAt").asString())).isEqualTo(lent.expiresAt());
        assertThat(lent.toString()).doesNotContain(lent.secret().reveal());
        try (Connection owner = console.database().owner()) {
            assertThat(column(owner, "SELECT encode(hash, 'hex') FROM api_keys WHERE id = '" + id(key) + "'"))
                    .containsExactly(
                            HexFormat.of().formatHex(lent.secret().hash().bytes()));
        }
    }

    @Test
    void isRevokedWhenItIsGivenBackAndThenStandsInNoList() {
        LentKey lent = keys.lend(acme, api, Purpose.PLAYGROUND);
        String id = id(listed(lent));

        lent.close();
        lent.close();

        assertThat(console.get("keys/" + id).json().path("status").asString()).isEqualTo("revoked");
        assertThat(listed(lent).isMissingNode()).isTrue();
        JsonNode entry =
                console.get("audit?resource=keys&limit=1").json().path("items").path(0);
        assertThat(entry.path("action").asString()).isEqualTo("revoked");
        assertThat(entry.path("actor").path("name").asString()).isEqualTo(RunningConsole.EMAIL);
    }

    @Test
    void canBeGivenBackByWhoeverMayCreateNoKeysAnyMore() {
        LentKey lent = keys.lend(acme, api, Purpose.PLAYGROUND);
        String id = id(listed(lent));
        SignedIn.out();

        lent.close();

        assertThat(console.get("keys/" + id).json().path("status").asString()).isEqualTo("revoked");
    }

    @Test
    void standsInNoListOnceItsTimeIsOver() throws SQLException {
        LentKey lent = keys.lend(acme, api, Purpose.CONNECTION_TEST);
        String id = id(listed(lent));
        try (Connection owner = console.database().owner()) {
            change(owner, "UPDATE api_keys SET expires_at = now() - interval '1 s' WHERE id = '" + id + "'");
        }

        assertThat(listed(lent).isMissingNode()).isTrue();
        assertThat(console.get("keys/" + id).json().path("status").asString()).isEqualTo("expired");
    }

    @ParameterizedTest
    @CsvSource({"rotate", "suspend", "resume"})
    void canBeMadeNothingElseOf(String action) {
        LentKey lent = keys.lend(acme, api, Purpose.PLAYGROUND);
        String id = id(listed(lent));

        Answer answer = console.post("keys/" + id + "/" + action, "");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("lent");
        assertThat(answer.detail()).startsWith(action + ": key " + lent.secret().displayPrefix() + "… is lent");
        assertThat(console.post("keys/" + id + "/revoke", "").status()).isEqualTo(200);
    }

    @Test
    void theDatabaseLetsNoneBeLentForLonger() throws SQLException {
        LentKey lent = keys.lend(acme, api, Purpose.PLAYGROUND);
        String longer = "UPDATE api_keys SET expires_at = created_at + interval '11 minutes' WHERE id = '"
                + id(listed(lent)) + "'";
        try (Connection owner = console.database().owner()) {
            assertThatThrownBy(() -> change(owner, longer)).hasMessageContaining("ck_api_keys_lent_briefly");
        }
    }

    @Test
    void isLentForAnApiThatThereIs() {
        assertThatThrownBy(() -> keys.lend(acme, "nowhere", Purpose.PLAYGROUND))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("apis: nowhere (expected: ");
    }

    @Test
    void isLentSixtyTimesInAQuarterOfAnHourForEachPurpose() throws SQLException {
        console.ask("POST", "/api/v1/workspaces/other/apis", console.otherToken(), """
                {"slug":"%s","profile":"generic","baseUrl":"https://api.example","auth":{"type":"none"}}""".formatted(api));
        WorkspaceId other = console.database().workspace("other");
        SignedIn.as(console, "owner@other.example");

        for (int i = 0; i < 60; i++) {
            keys.lend(other, api, Purpose.PLAYGROUND).close();
        }

        assertThatThrownBy(() -> keys.lend(other, api, Purpose.PLAYGROUND))
                .isInstanceOf(Problem.class)
                .hasMessage("playground: more than 60 in a quarter of an hour (expected: another try when it is over)");
        keys.lend(other, api, Purpose.CONNECTION_TEST).close();
    }

    private JsonNode listed(LentKey lent) {
        for (JsonNode key : console.get("keys?limit=500").json().path("items")) {
            if (key.path("prefix").asString().equals(lent.secret().displayPrefix())) {
                return key;
            }
        }
        return MissingNode.getInstance();
    }

    private static String id(JsonNode key) {
        return key.path("id").asString();
    }
}
