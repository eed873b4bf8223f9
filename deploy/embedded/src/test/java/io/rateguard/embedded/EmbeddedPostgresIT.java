package io.rateguard.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresIT {

    @TempDir
    Path dir;

    @Test
    void keepsDataPortAndPasswordOverAStopAndAKill() throws Exception {
        PostgresAccess first;
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(Settings.in(dir))) {
            first = postgres.access();
            execute(first, "CREATE TABLE notes (text text)");
            execute(first, "INSERT INTO notes VALUES ('stopped')");
        }

        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(Settings.in(dir))) {
            execute(first, "INSERT INTO notes VALUES ('killed')");
            postgres.kill();
            assertThat(postgres.isRunning()).isFalse();

            postgres.start();

            assertThat(postgres.access()).isEqualTo(first);
            assertThat(ask(first, "SELECT string_agg(text, ' ' ORDER BY text) FROM notes"))
                    .isEqualTo("killed stopped");
        }
    }

    @Test
    void isDurableOnLoopbackWithScramAndPrivateFiles() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(Settings.in(dir).withPassword("given-password"))) {
            PostgresAccess access = postgres.access();

            assertThat(access.password()).isEqualTo("given-password");
            assertThat(ask(access, "SHOW fsync")).isEqualTo("on");
            assertThat(ask(access, "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(ask(access, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(ask(access, "SHOW unix_socket_directories")).isEmpty();
            assertThat(ask(access, "SELECT datcollate FROM pg_database WHERE datname = 'postgres'"))
                    .isEqualTo("C.UTF-8");
            assertThat(ask(access, "SELECT left(rolpassword, 13) FROM pg_authid WHERE rolname = current_user"))
                    .isEqualTo("SCRAM-SHA-256");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve("postgres"))))
                    .isEqualTo("rwx------");
            assertThat(Files.exists(dir.resolve("postgres/first-password"))).isFalse();
            assertThatThrownBy(() -> DriverManager.getConnection(access.jdbcUrl(), access.user(), "wrong-password"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void refusesASecondOwnerOfItsFolder() {
        try (EmbeddedPostgres first = EmbeddedPostgres.start(Settings.in(dir).withDurable(false))) {
            assertThatThrownBy(() -> EmbeddedPostgres.start(Settings.in(dir)))
                    .isInstanceOf(EmbeddedPartException.class)
                    .hasMessageContaining("in use by another owner");
            assertThat(first.isRunning()).isTrue();
        }
    }

    @Test
    void quotesTheLogWhenItCannotStart() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(Settings.in(dir).withDurable(false))) {
            postgres.stop();
            Files.writeString(dir.resolve("postgres/data/PG_VERSION"), "9\n");

            assertThatThrownBy(postgres::start)
                    .isInstanceOf(EmbeddedPartException.class)
                    .hasMessageContaining("postgres ended with status 1")
                    .hasMessageContaining("database files are incompatible with server");
        }
    }

    private static void execute(PostgresAccess access, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(access.jdbcUrl(), access.user(), access.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String ask(PostgresAccess access, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(access.jdbcUrl(), access.user(), access.password());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
