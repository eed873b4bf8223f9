package io.rateguard.console.setup;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.integration.spring.SpringResourceAccessor;
import liquibase.ui.LoggerUIService;
import org.postgresql.PGConnection;
import org.springframework.core.io.DefaultResourceLoader;

/**
 * Brings the database to this version, as its owner, one migration at a time; then lets the service roles log in whose
 * passwords are given. Passwords are hashed before they are sent, so that no server log can hold them.
 */
public final class Migration {

    private static final Map<String, String> PASSWORDS = passwords();
    private static final long ADVISORY_LOCK = 0x7261746567756172L;
    /** Held strongly: a level is forgotten with its logger. */
    private static final Logger LIQUIBASE_LOG = Logger.getLogger("liquibase");

    private Migration() {}

    public static void run(Map<String, String> environment, PrintStream out) {
        DatabaseAccess owner = DatabaseAccess.of(environment);
        try (Connection guard = owner.connect()) {
            lock(guard);
            List<String> missing = Changelog.missingIn(guard);
            update(owner);
            out.println(
                    missing.isEmpty()
                            ? "the database is up to date"
                            : "applied " + missing.size() + " changes: " + String.join(", ", missing));
            openRoles(guard, environment, out);
        } catch (SQLException failed) {
            throw new IllegalStateException("migration of " + owner + " failed: " + failed.getMessage(), failed);
        }
    }

    /** Until this connection ends; whoever comes second waits, then finds nothing to do. */
    private static void lock(Connection guard) throws SQLException {
        try (PreparedStatement lock = guard.prepareStatement("SELECT pg_advisory_lock(?)")) {
            lock.setLong(1, ADVISORY_LOCK);
            lock.execute();
        }
    }

    private static void update(DatabaseAccess owner) throws SQLException {
        System.setProperty("liquibase.analytics.enabled", "false");
        LIQUIBASE_LOG.setLevel(Level.WARNING);
        try (Connection connection = owner.connect()) {
            Scope.child(Map.of(Scope.Attr.ui.name(), new LoggerUIService()), () -> {
                Database database =
                        DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
                Liquibase liquibase = new Liquibase(
                        Changelog.PATH,
                        new SpringResourceAccessor(new DefaultResourceLoader(Migration.class.getClassLoader())),
                        database);
                // Ours is the only migration; a lock that is still there was left by one that died.
                liquibase.forceReleaseLocks();
                liquibase.update(new Contexts(), new LabelExpression());
            });
        } catch (SQLException failed) {
            throw failed;
        } catch (Exception failed) {
            throw new SQLException(failed.getMessage(), failed);
        }
    }

    private static void openRoles(Connection owner, Map<String, String> environment, PrintStream out)
            throws SQLException {
        for (Map.Entry<String, String> entry : PASSWORDS.entrySet()) {
            String role = entry.getKey();
            execute(owner, "GRANT CONNECT ON DATABASE %I TO %I", currentDatabase(owner), role);
            var password = Variables.find(environment, entry.getValue());
            if (password.isPresent()) {
                owner.unwrap(PGConnection.class)
                        .alterUserPassword(role, password.get().toCharArray(), "scram-sha-256");
                execute(owner, "ALTER ROLE %I LOGIN", role);
                out.println("role " + role + " may log in");
            } else {
                out.println("role " + role + " left as it is: " + entry.getValue() + " is not set");
            }
        }
    }

    private static void execute(Connection connection, String template, String... names) throws SQLException {
        String command;
        try (PreparedStatement format = connection.prepareStatement("SELECT format(?, VARIADIC ?::text[])")) {
            format.setString(1, template);
            format.setArray(2, connection.createArrayOf("text", names));
            command = text(format.executeQuery());
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }

    private static String currentDatabase(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return text(statement.executeQuery("SELECT current_database()"));
        }
    }

    private static String text(ResultSet rows) throws SQLException {
        try (rows) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static Map<String, String> passwords() {
        Map<String, String> passwords = new LinkedHashMap<>();
        passwords.put("rateguard_app", "RATEGUARD_POSTGRES_APP_PASSWORD");
        passwords.put("rateguard_proxy", "RATEGUARD_POSTGRES_PROXY_PASSWORD");
        passwords.put("rateguard_alerts", "RATEGUARD_POSTGRES_ALERTS_PASSWORD");
        return passwords;
    }
}
