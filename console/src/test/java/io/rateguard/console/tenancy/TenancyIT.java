package io.rateguard.console.tenancy;

import static io.rateguard.console.fixture.TestDatabase.change;
import static io.rateguard.console.fixture.TestDatabase.column;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rateguard.console.fixture.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The second lock on tenancy: what PostgreSQL itself lets each role see and change, table by table. */
class TenancyIT {

    private static final List<String> NOT_CHANGED_BY_THE_APPLICATION =
            List.of("audit_entries", "crossings", "incidents", "deliveries", "corrections");

    /** Seen by whom they are about alone, of whatever workspace they are. */
    private static final List<String> OF_NO_WORKSPACE = List.of("sessions", "attempts", "address_proofs");

    private static TestDatabase database;
    private static Connection owner;
    private static Connection app;
    private static Connection proxy;
    private static UUID acme;
    private static UUID other;

    @BeforeAll
    static void fillTwoWorkspaces() throws SQLException {
        database = TestDatabase.migrated();
        database.bootstrap("acme", "ada@acme.example", "a good password", TestDatabase.newToken());
        database.bootstrap("other", "bob@other.example", "a good password", TestDatabase.newToken());
        acme = database.workspace("acme").value();
        other = database.workspace("other").value();
        owner = database.owner();
        app = database.as("rateguard_app");
        app.setAutoCommit(false);
        proxy = database.as("rateguard_proxy");
        for (UUID workspace : List.of(acme, other)) {
            PolicyRows.insertAll(owner, workspace);
            AlertRows.insertAll(owner, workspace);
            change(
                    owner,
                    "INSERT INTO invitations (workspace_id, email, role, invited_by, hash, expires_at) VALUES ('"
                            + workspace + "', 'e', 'viewer', 'b', sha256('" + workspace + "'), now())");
            change(
                    owner,
                    "INSERT INTO sessions (user_id, address, browser) SELECT user_id, 'a', 'b' FROM memberships"
                            + " WHERE workspace_id = '" + workspace + "'");
            change(owner, "INSERT INTO attempts (door) VALUES ('" + workspace + "')");
            change(
                    owner,
                    "INSERT INTO address_proofs (email, hash, expires_at) VALUES ('" + workspace + "', sha256('"
                            + workspace + "'), now())");
        }
        // The trigger refuses strangers too; here each table's own policy is to answer.
        for (String table : PolicyRows.tables()) {
            change(owner, "ALTER TABLE " + table + " DISABLE TRIGGER version_policy");
        }
    }

    @AfterEach
    void forgetTheSettings() throws SQLException {
        app.rollback();
    }

    @AfterAll
    static void close() throws SQLException {
        owner.close();
        app.close();
        proxy.close();
    }

    /** Every table of the schema, so that a new one cannot be forgotten. */
    static List<Object> tables() throws SQLException {
        return column(owner, """
                SELECT relname::text FROM pg_class
                WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
                  AND relname NOT LIKE 'databasechangelog%' ORDER BY relname""");
    }

    @ParameterizedTest
    @MethodSource("tables")
    void showsTheApplicationNothingWithoutASetting(String table) throws SQLException {
        assertThat(column(owner, "SELECT id FROM " + table)).hasSizeGreaterThanOrEqualTo(2);

        assertThat(column(app, "SELECT id FROM " + table)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("tables")
    void showsTheApplicationOnlyTheWorkspaceThatIsSet(String table) throws SQLException {
        set("rg.workspace", acme.toString());

        List<Object> seen = column(app, "SELECT id FROM " + table);

        assertThat(seen.isEmpty()).isEqualTo(OF_NO_WORKSPACE.contains(table));
        assertThat(seen).doesNotContainAnyElementsOf(idsOf(table, other));
        assertThat(idsOf(table, acme)).containsAll(seen);
    }

    @ParameterizedTest
    @MethodSource("tables")
    void letsTheApplicationChangeNothingOfAnotherWorkspace(String table) throws SQLException {
        set("rg.workspace", acme.toString());
        Object foreign = idsOf(table, other).getFirst();

        String update = "UPDATE " + table + " SET id = id WHERE id = '" + foreign + "'";

        if (NOT_CHANGED_BY_THE_APPLICATION.contains(table)) {
            assertThatThrownBy(() -> change(app, update)).hasMessageContaining("permission denied");
        } else {
            assertThat(change(app, update)).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"channels", "alert_rules", "deliveries", "corrections"})
    void letsTheApplicationAddNoAlertsToAnotherWorkspace(String table) throws SQLException {
        set("rg.workspace", acme.toString());

        assertThatThrownBy(() -> AlertRows.insert(app, table, other)).hasMessageContaining("row-level security");
    }

    @ParameterizedTest
    @ValueSource(strings = {"crossing", "incident"})
    void letsTheApplicationQueueNothingButTests(String cause) throws SQLException {
        set("rg.workspace", acme.toString());

        assertThatThrownBy(() -> change(
                        app,
                        "INSERT INTO deliveries (workspace_id, " + cause + "_id, channel_id)"
                                + " SELECT c.workspace_id, c.id, ch.id FROM " + cause
                                + "s c JOIN channels ch USING (workspace_id)"))
                .hasMessageContaining("row-level security");
    }

    @Test
    void letsTheApplicationWriteNoAuditEntryButOfASignInOfTheAccountThatSignsIn() throws SQLException {
        set("rg.workspace", acme.toString());
        set("rg.email", "ada@acme.example");
        String insert =
                "INSERT INTO audit_entries (workspace_id, user_id, actor_type, actor_name, action, resource, resource_id)"
                        + " SELECT %s, u.id, 'person', 'x', 'signed-in', '%s', u.id FROM users u WHERE email = 'ada@acme.example'";

        assertThat(change(app, insert.formatted("null", "sign-ins"))).isEqualTo(1);
        for (String forged : List.of(
                insert.formatted("null", "keys"),
                insert.formatted("'" + acme + "'", "sign-ins"),
                insert.formatted("'" + other + "'", "sign-ins"))) {
            assertThatThrownBy(() -> change(app, forged)).hasMessageContaining("row-level security");
            app.rollback();
            set("rg.workspace", acme.toString());
            set("rg.email", "ada@acme.example");
        }
    }

    @ParameterizedTest
    @MethodSource("io.rateguard.console.tenancy.PolicyRows#tables")
    void letsTheApplicationAddNothingToAnotherWorkspace(String table) throws SQLException {
        set("rg.workspace", acme.toString());

        assertThatThrownBy(() -> PolicyRows.insert(app, table, other))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("row-level security");
    }

    @ParameterizedTest
    @MethodSource("io.rateguard.console.tenancy.PolicyRows#tables")
    void letsTheApplicationMoveNoRowToAnotherWorkspace(String table) throws SQLException {
        set("rg.workspace", acme.toString());

        assertThatThrownBy(() -> change(app, "UPDATE " + table + " SET workspace_id = '" + other + "'"))
                .isInstanceOf(SQLException.class)
                .hasMessageMatching("(?s).*(row-level security|foreign key).*");
    }

    @Test
    void showsAPersonTheirOwnWorkspacesAndNoOthers() throws SQLException {
        Object ada = column(owner, "SELECT id FROM users WHERE email = 'ada@acme.example'")
                .getFirst();
        set("rg.user", ada.toString());

        assertThat(column(app, "SELECT slug FROM workspaces")).containsExactly("acme");
        assertThat(column(app, "SELECT email FROM users")).containsExactly("ada@acme.example");
        assertThat(column(app, "SELECT slug FROM apis")).isEmpty();
        assertThat(column(app, "SELECT id FROM sessions")).containsExactlyElementsOf(idsOf("sessions", acme));
    }

    @Test
    void showsASignInTheOneAccountItNames() throws SQLException {
        set("rg.email", "ADA@acme.example");

        assertThat(column(app, "SELECT email FROM users")).containsExactly("ada@acme.example");
    }

    @ParameterizedTest
    @MethodSource("io.rateguard.console.tenancy.PolicyRows#tables")
    void letsTheProxyReadPolicyAndChangeNothing(String table) throws SQLException {
        assertThat(column(proxy, "SELECT id FROM " + table)).hasSizeGreaterThanOrEqualTo(2);

        assertThatThrownBy(() -> change(proxy, "UPDATE " + table + " SET version = 7"))
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> change(proxy, "DELETE FROM " + table)).hasMessageContaining("permission denied");
        assertThatThrownBy(() -> PolicyRows.insert(proxy, table, acme)).hasMessageContaining("permission denied");
    }

    @Test
    void showsTheProxyNeitherPeopleNorTokens() {
        for (String table : List.of(
                "users",
                "memberships",
                "management_tokens",
                "audit_entries",
                "invitations",
                "sessions",
                "attempts",
                "address_proofs")) {
            assertThatThrownBy(() -> column(proxy, "SELECT id FROM " + table))
                    .hasMessageContaining("permission denied");
        }
    }

    private static void set(String setting, String value) throws SQLException {
        column(app, "SELECT set_config('" + setting + "', '" + value + "', true)");
    }

    private static List<Object> idsOf(String table, UUID workspace) throws SQLException {
        return column(
                owner,
                switch (table) {
                    case "workspaces" -> "SELECT id FROM workspaces WHERE id = '" + workspace + "'";
                    case "users" ->
                        "SELECT u.id FROM users u JOIN memberships m ON m.user_id = u.id WHERE m.workspace_id = '"
                                + workspace + "'";
                    case "sessions" ->
                        "SELECT s.id FROM sessions s JOIN memberships m USING (user_id) WHERE m.workspace_id = '"
                                + workspace + "'";
                    case "attempts" -> "SELECT id FROM attempts WHERE door = '" + workspace + "'";
                    case "address_proofs" -> "SELECT id FROM address_proofs WHERE email = '" + workspace + "'";
                    case "audit_entries" ->
                        "SELECT id FROM audit_entries a WHERE workspace_id = '" + workspace
                                + "' OR user_id IN (SELECT user_id FROM memberships WHERE workspace_id = '" + workspace
                                + "')";
                    default -> "SELECT id FROM " + table + " WHERE workspace_id = '" + workspace + "'";
                });
    }
}
