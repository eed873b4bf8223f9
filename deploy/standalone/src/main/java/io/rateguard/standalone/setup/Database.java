package io.rateguard.standalone.setup;

import io.rateguard.embedded.PostgresAccess;
import io.rateguard.standalone.StandaloneException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;

/** The database {@code rateguard} and the role that owns it; the roles of the services come with the migration. */
public final class Database {

    public static final String NAME = "rateguard";
    public static final String OWNER = "rateguard_owner";

    private Database() {}

    /** Creates what is missing; returns whether the database is new. */
    public static boolean prepare(PostgresAccess superuser, String ownerPassword) {
        try (Connection connection =
                DriverManager.getConnection(superuser.jdbcUrl(), superuser.user(), superuser.password())) {
            if (!exists(connection, "SELECT FROM pg_roles WHERE rolname = '" + OWNER + "'")) {
                execute(connection, "CREATE ROLE " + OWNER + " LOGIN CREATEROLE");
            }
            // Hashed before it is sent, so that no server log can hold it.
            connection
                    .unwrap(PGConnection.class)
                    .alterUserPassword(OWNER, ownerPassword.toCharArray(), "scram-sha-256");
            if (exists(connection, "SELECT FROM pg_database WHERE datname = '" + NAME + "'")) {
                return false;
            }
            execute(connection, "CREATE DATABASE " + NAME + " OWNER " + OWNER);
            return true;
        } catch (SQLException failed) {
            throw new StandaloneException("cannot create the database " + NAME + ": " + failed.getMessage(), failed);
        }
    }

    private static boolean exists(Connection connection, String question) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(question)) {
            return rows.next();
        }
    }

    private static void execute(Connection connection, String command) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }
}
