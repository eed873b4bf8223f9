package io.rateguard.console.members;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.console.fixture.RunningConsole;
import io.rateguard.console.fixture.RunningConsole.Answer;
import io.rateguard.console.fixture.TestDatabase;
import io.rateguard.domain.key.Secret;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class MembersIT {

    private final RunningConsole console = RunningConsole.get();
    private final String team = "team-" + UUID.randomUUID();
    private final Secret owner = TestDatabase.newToken();
    private String boss;

    @BeforeEach
    void foundATeam() {
        console.database().bootstrap(team, "boss@" + team + ".example", "a good password", owner);
        boss = ask("GET", "", owner, null)
                .json()
                .path("items")
                .path(0)
                .path("id")
                .asString();
    }

    @Test
    void listsMembersWithTheirRoles() {
        String viewer = join("viewer");

        JsonNode first = ask("GET", "?limit=1", owner, null).json();
        JsonNode second = ask("GET", "?cursor=" + first.path("next").asString(), owner, null)
                .json();

        assertThat(first.path("items").path(0).path("email").asString()).isEqualTo("boss@" + team + ".example");
        assertThat(first.path("items").path(0).path("role").asString()).isEqualTo("owner");
        assertThat(second.path("items").path(0))
                .isEqualTo(ask("GET", "/" + viewer, owner, null).json());
        assertThat(second.path("items").path(0).path("role").asString()).isEqualTo("viewer");
        assertThat(second.path("next").isNull()).isTrue();
    }

    @Test
    void changesARoleAndRemoves() {
        String member = join("viewer");

        Answer changed = ask("PATCH", "/" + member, owner, "{\"role\":\"developer\"}");
        Answer removed = ask("DELETE", "/" + member, owner, null);

        assertThat(changed.json().path("role").asString()).isEqualTo("developer");
        assertThat(removed.status()).isEqualTo(204);
        assertThat(ask("GET", "/" + member, owner, null).status()).isEqualTo(404);
        assertThat(ask("DELETE", "/" + member, owner, null).status()).isEqualTo(404);
        JsonNode entry = console.ask(
                        "GET", "/api/v1/workspaces/" + team + "/audit?resource=members&limit=1", owner, null)
                .json()
                .path("items")
                .path(0);
        assertThat(entry.path("action").asString()).isEqualTo("deleted");
        assertThat(entry.path("before").path("email").asString()).startsWith("viewer-");
        assertThat(entry.path("before").path("role").asString()).isEqualTo("developer");
    }

    @Test
    void keepsTheLastOwner() {
        Answer removed = ask("DELETE", "/" + boss, owner, null);
        Answer demoted = ask("PATCH", "/" + boss, owner, "{\"role\":\"admin\"}");

        assertThat(removed.status()).isEqualTo(409);
        assertThat(removed.code()).isEqualTo("last_owner");
        assertThat(removed.detail())
                .isEqualTo("member: boss@" + team + ".example is the last owner (expected: another owner beside them)");
        assertThat(demoted.status()).isEqualTo(409);
        assertThat(ask("PATCH", "/" + boss, owner, "{\"role\":\"owner\"}").status())
                .isEqualTo(200);

        join("owner");
        assertThat(ask("PATCH", "/" + boss, owner, "{\"role\":\"admin\"}").status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"owner,200,200", "admin,200,403", "developer,403,403", "viewer,403,403", "billing,403,403"})
    void letsOnlyThoseChangeMembersWhoAdministerAndOnlyOwnersMakeAndUnmakeOwners(String role, int members, int owners)
            throws SQLException {
        Secret token = console.database().token(team, role);
        String viewer = join("viewer");
        String other = join("owner");

        assertThat(ask("GET", "", token, null).status()).isEqualTo(200);
        assertThat(ask("PATCH", "/" + viewer, token, "{\"role\":\"billing\"}").status())
                .isEqualTo(members);
        assertThat(ask("PATCH", "/" + viewer, token, "{\"role\":\"owner\"}").status())
                .isEqualTo(owners);
        assertThat(ask("PATCH", "/" + other, token, "{\"role\":\"viewer\"}").status())
                .isEqualTo(owners);
        assertThat(ask("DELETE", "/" + join("owner"), token, null).status()).isEqualTo(owners == 200 ? 204 : 403);
        assertThat(ask("DELETE", "/" + join("viewer"), token, null).status()).isEqualTo(members == 200 ? 204 : 403);
    }

    @Test
    void doesNotFindMembersOfOthers() {
        for (String method : new String[] {"GET", "PATCH", "DELETE"}) {
            String body = method.equals("PATCH") ? "{\"role\":\"viewer\"}" : null;

            assertThat(console.ask(method, "/api/v1/workspaces/acme/members/" + boss, console.ownerToken(), body)
                            .status())
                    .as(method)
                    .isEqualTo(404);
        }
        assertThat(ask("GET", "/" + boss, owner, null).json().path("role").asString())
                .isEqualTo("owner");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|role: missing",
                "{\"role\":\"boss\"}|role: boss (expected: owner, admin, developer, viewer or billing)",
                "{\"role\":\"OWNER\"}|role: OWNER (expected: owner, admin, developer, viewer or billing)",
                "{\"name\":\"x\"}|name: unknown field"
            })
    void namesTheFieldTheValueAndWhatWasExpected(String body, String detail) {
        Answer answer = ask("PATCH", "/" + boss, owner, body);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.detail()).startsWith(detail);
    }

    private String join(String role) {
        return console.database().member(team, role + "-" + UUID.randomUUID() + "@members.example", role);
    }

    private Answer ask(String method, String path, Secret token, String body) {
        return console.ask(method, "/api/v1/workspaces/" + team + "/members" + path, token, body);
    }
}
