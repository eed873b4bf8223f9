package io.rateguard.console.workspaces;

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

class WorkspacesIT {

    private final RunningConsole console = RunningConsole.get();
    private final String team = "team-" + UUID.randomUUID();
    private final Secret owner = TestDatabase.newToken();

    @BeforeEach
    void foundATeam() {
        console.database().bootstrap(team, "boss@" + team + ".example", "a good password", owner);
    }

    @Test
    void areSuspendedAndResumedAndTheProxiesAreTold() {
        long before = policyVersion();

        Answer suspended = ask("POST", "/suspend", owner);
        Answer again = ask("POST", "/suspend", owner);

        assertThat(suspended.json().path("status").asString()).isEqualTo("suspended");
        assertThat(again.json()).isEqualTo(suspended.json());
        assertThat(ask("GET", "", owner).json()).isEqualTo(suspended.json());
        assertThat(policyVersion()).isEqualTo(before + 1);

        assertThat(ask("POST", "/resume", owner).json().path("status").asString())
                .isEqualTo("active");
        assertThat(policyVersion()).isEqualTo(before + 2);
    }

    @Test
    void areGoneForEveryoneOnceTheyAreDeleted() {
        assertThat(ask("DELETE", "", owner).status()).isEqualTo(204);

        assertThat(ask("GET", "", owner).status()).isEqualTo(404);
        assertThat(ask("GET", "/keys", owner).status()).isEqualTo(404);
        assertThat(ask("DELETE", "", owner).status()).isEqualTo(404);
        assertThat(console.database()
                        .text("SELECT action FROM audit_entries JOIN workspaces w ON w.id = workspace_id WHERE slug = '"
                                + team + "' ORDER BY audit_entries.id DESC LIMIT 1"))
                .isEqualTo("deleted");
    }

    @ParameterizedTest
    @CsvSource({"owner,204", "admin,403", "developer,403", "viewer,403", "billing,403"})
    void areDeletedByOwnersAlone(String role, int status) throws SQLException {
        Secret token = console.database().token(team, role);

        assertThat(ask("DELETE", "", token).status()).isEqualTo(status);
    }

    @Test
    void areNotThereForOthers() {
        assertThat(ask("DELETE", "", console.otherToken()).status()).isEqualTo(404);
        assertThat(ask("GET", "", owner).status()).isEqualTo(200);
    }

    private long policyVersion() {
        return Long.parseLong(
                console.database().text("SELECT policy_version FROM workspaces WHERE slug = '" + team + "'"));
    }

    private Answer ask(String method, String path, Secret token) {
        return console.ask(method, "/api/v1/workspaces/" + team + path, token, null);
    }
}
