package io.rateguard.console.setup;

import static io.rateguard.console.fixture.TestDatabase.column;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rateguard.console.fixture.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class MigrationIT {

    @Test
    void bringsAnEmptyDatabaseToThisVersionAndThenFindsNothingToDo() throws SQLException {
        TestDatabase database = TestDatabase.empty();

        String first = database.migrate();
        String second = database.migrate();

        assertThat(first).contains("applied " + Changelog.ids().size() + " changes");
        assertThat(second).contains("the database is up to date");
        try (Connection owner = database.owner()) {
            assertThat(Changelog.missingIn(owner)).isEmpty();
        }
    }

    @Test
    void twoAtOnceApplyEachChangeOnce() throws SQLException {
        TestDatabase database = TestDatabase.empty();

        CompletableFuture<String> one = CompletableFuture.supplyAsync(database::migrate);
        CompletableFuture<String> two = CompletableFuture.supplyAsync(database::migrate);

        assertThat(one.join() + two.join()).containsOnlyOnce("up to date").containsOnlyOnce("applied");
        try (Connection owner = database.owner()) {
            assertThat(column(owner, "SELECT id FROM databasechangelog"))
                    .doesNotHaveDuplicates()
                    .hasSameSizeAs(Changelog.ids());
        }
    }

    @Test
    void letsTheServiceRolesLogInAndPrintsNoPassword() throws SQLException {
        TestDatabase database = TestDatabase.empty();

        String said = database.migrate();

        for (String role : new String[] {"rateguard_app", "rateguard_proxy", "rateguard_alerts"}) {
            try (Connection connection = database.as(role)) {
                assertThat(column(connection, "SELECT current_user")).containsExactly(role);
            }
            assertThat(said).contains("role " + role + " may log in");
        }
        assertThat(said).doesNotContain(TestDatabase.ROLE_PASSWORD);
    }

    @Test
    void forcesRowLevelSecurityOnEveryTable() throws SQLException {
        TestDatabase database = TestDatabase.migrated();

        try (Connection owner = database.owner()) {
            assertThat(column(owner, """
                    SELECT relname FROM pg_class
                    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
                      AND NOT (relrowsecurity AND relforcerowsecurity)
                      AND relname NOT LIKE 'databasechangelog%'""")).isEmpty();
            assertThat(column(owner, "SELECT relname FROM pg_class WHERE relforcerowsecurity"))
                    .hasSizeGreaterThanOrEqualTo(9);
        }
    }

    @Test
    void givesNoServiceRoleAWayAroundRowLevelSecurity() throws SQLException {
        TestDatabase database = TestDatabase.migrated();

        try (Connection owner = database.owner()) {
            assertThat(column(owner, """
                    SELECT rolname FROM pg_roles
                    WHERE rolname LIKE 'rateguard\\_%' AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb)""")).isEmpty();
            assertThat(column(owner, """
                    SELECT c.relname FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner
                    WHERE r.rolname LIKE 'rateguard\\_%'""")).isEmpty();
        }
    }

    @Test
    void namesTheVariableThatIsMissing() {
        assertThatThrownBy(() -> Migration.run(Map.of(), System.out))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("RATEGUARD_POSTGRES_URL: not set (expected: jdbc:postgresql://host:port/database)");
    }

    @Test
    void aServiceWaitsUntilTheDatabaseIsMigrated() throws Exception {
        TestDatabase database = TestDatabase.empty();
        DatabaseAccess access = DatabaseAccess.of(database.environment());

        CompletableFuture<Void> service =
                CompletableFuture.runAsync(() -> SchemaGate.await(access, Duration.ofSeconds(60)));
        assertThat(service).isNotDone();
        database.migrate();

        service.join();
    }

    @Test
    void aServiceGivesUpAtItsDeadlineAndSaysWhatIsMissing() {
        DatabaseAccess access = DatabaseAccess.of(TestDatabase.empty().environment());

        assertThatThrownBy(() -> SchemaGate.await(access, Duration.ofMillis(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not migrated yet, lacks 0001-create-roles");
    }
}
