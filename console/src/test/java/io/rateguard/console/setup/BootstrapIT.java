package io.rateguard.console.setup;

import static io.rateguard.console.fixture.TestDatabase.column;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rateguard.console.fixture.TestDatabase;
import io.rateguard.domain.key.Secret;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BootstrapIT {

    private static final String EVERYTHING = """
            SELECT concat(w.*, u.*, m.*, t.*) FROM workspaces w, users u, memberships m, management_tokens t""";

    private final TestDatabase database = TestDatabase.migrated();
    private final Secret token = TestDatabase.newToken();

    @Test
    void createsWorkspaceOwnerAndTokenAndChangesNothingTheSecondTime() throws SQLException {
        String first = database.bootstrap("acme/Acme Inc.", "Ada@acme.example", "a good password", token);
        List<Object> before = rows();
        String second = database.bootstrap("acme/Acme Inc.", "ada@ACME.example", "a good password", token);

        assertThat(first)
                .contains("workspace acme: created", "user Ada@acme.example: created", "…: created")
                .doesNotContain(token.reveal(), "a good password");
        assertThat(second)
                .contains("workspace acme: already there", "already there")
                .doesNotContain("created");
        assertThat(before).hasSize(1);
        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void leavesAnotherPasswordAloneAndSaysSo() throws SQLException {
        database.bootstrap("acme", "ada@acme.example", "a good password", token);
        List<Object> before = rows();

        String said = database.bootstrap("acme", "ada@acme.example", "some other password", token);

        assertThat(said).contains("user ada@acme.example: already there with another password, which is left as it is");
        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void refusesATokenThatWasMistyped() {
        Map<String, String> environment = database.environment();
        environment.put("RATEGUARD_BOOTSTRAP_WORKSPACE", "acme");
        environment.put("RATEGUARD_BOOTSTRAP_EMAIL", "ada@acme.example");
        environment.put("RATEGUARD_BOOTSTRAP_PASSWORD", "a good password");
        environment.put("RATEGUARD_BOOTSTRAP_TOKEN", token.reveal() + "x");

        assertThatThrownBy(() -> Bootstrap.run(environment, System.out))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("RATEGUARD_BOOTSTRAP_TOKEN: not a management token")
                .hasMessageNotContaining(token.reveal());
    }

    private List<Object> rows() throws SQLException {
        try (Connection owner = database.owner()) {
            return column(owner, EVERYTHING);
        }
    }
}
