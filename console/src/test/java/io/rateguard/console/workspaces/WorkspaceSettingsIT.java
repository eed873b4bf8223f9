package io.rateguard.console.workspaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rateguard.console.fixture.RunningConsole;
import io.rateguard.console.fixture.RunningConsole.Answer;
import io.rateguard.console.fixture.TestDatabase;
import io.rateguard.console.security.SignedIn;
import io.rateguard.console.workspaces.WorkspaceSettings.NewSettings;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.key.Secret;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class WorkspaceSettingsIT {

    private static final String SETTINGS = "/api/v1/workspaces/acme/settings";

    private final RunningConsole console = RunningConsole.get();

    @Test
    void requestsAreKeptAsLongAsTheSettingsSay() {
        Answer changed = console.ask("PUT", SETTINGS, console.ownerToken(), "{\"retentionDays\":30}");

        assertThat(changed.status()).isEqualTo(200);
        assertThat(console.get("settings").json().path("retentionDays").asInt()).isEqualTo(30);

        assertThat(console.ask("PUT", SETTINGS, console.ownerToken(), "{\"retentionDays\":400}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void fewerDaysRemoveWhatIsOlderAndMoreRemoveNothing() throws SQLException {
        WorkspaceSettings settings = console.context().getBean(WorkspaceSettings.class);
        WorkspaceId acme = console.database().workspace("acme");
        assertThat(console.ask("PUT", SETTINGS, console.ownerToken(), "{\"retentionDays\":400}")
                        .status())
                .isEqualTo(200);
        SignedIn.as(console, RunningConsole.EMAIL);
        try {
            Instant today = Instant.now().truncatedTo(ChronoUnit.DAYS);

            assertThat(settings.removesBefore(acme, new NewSettings(90)).orElseThrow())
                    .isBetween(today.minus(Duration.ofDays(90)), today.minus(Duration.ofDays(89)));
            assertThat(settings.removesBefore(acme, new NewSettings(400))).isEmpty();
            assertThat(settings.removesBefore(acme, new NewSettings(401))).isEmpty();
            assertThatThrownBy(() -> settings.removesBefore(acme, new NewSettings(0)))
                    .hasMessage("retentionDays: 0 (expected: 1 to 3650)");
        } finally {
            SignedIn.out();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "3651"})
    void anImpossibleTimeIsRefusedAndChangesNothing(String days) {
        JsonNode before = console.get("settings").json();

        Answer refused = console.ask("PUT", SETTINGS, console.ownerToken(), "{\"retentionDays\":" + days + "}");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.detail()).isEqualTo("retentionDays: " + days + " (expected: 1 to 3650)");
        assertThat(console.get("settings").json()).isEqualTo(before);
    }

    @Test
    void onlyWhoAdministersChangesOrDeletes() throws SQLException {
        Secret developer = console.database().token("acme", "developer");

        assertThat(console.ask("GET", SETTINGS, developer, null).status()).isEqualTo(200);
        assertThat(console.ask("PUT", SETTINGS, developer, "{\"retentionDays\":30}")
                        .status())
                .isEqualTo(403);
        assertThat(console.ask("DELETE", "/api/v1/workspaces/acme", developer, null)
                        .status())
                .isEqualTo(403);
        assertThat(console.ask("DELETE", "/api/v1/workspaces/acme", console.otherToken(), null)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aDeletedWorkspaceIsNotFoundAnyMore() {
        Secret token = TestDatabase.newToken();
        console.database().bootstrap("gone", "owner@gone.example", RunningConsole.PASSWORD, token);

        Answer deleted = console.ask("DELETE", "/api/v1/workspaces/gone", token, null);

        assertThat(deleted.status()).isEqualTo(204);
        assertThat(console.ask("GET", "/api/v1/workspaces/gone", token, null).status())
                .isEqualTo(404);
        assertThat(console.ask("GET", "/api/v1/workspaces/gone/keys", token, null)
                        .status())
                .isEqualTo(404);
    }
}
