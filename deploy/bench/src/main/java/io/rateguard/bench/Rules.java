package io.rateguard.bench;

import io.rateguard.counters.Counters;
import io.rateguard.counters.CountersSettings;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.key.Secret;
import io.rateguard.domain.secret.SecretBox;
import io.rateguard.embedded.PostgresAccess;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.ui.LoggerUIService;

/**
 * One workspace with an API, a key, three limits and two budgets that every request falls under and none exhausts.
 *
 * @param callerKey what the load generator presents
 */
record Rules(String callerKey, String secretKey, String proxyPassword) {

    private static final Logger LIQUIBASE_LOG = Logger.getLogger("liquibase");
    private static final long LARGE = 1_000_000_000_000L;
    private static final long NINE_MILLION_DOLLARS_NANOS = 9_000_000_000_000_000L;

    static Rules create(
            PostgresAccess owner, String redisUrl, String secretKey, String proxyPassword, int upstreamPort) {
        SecureRandom random = new SecureRandom();
        Secret key = Secret.create(Secret.Kind.LIVE_KEY, random);
        migrate(owner);
        try (Connection connection = DriverManager.getConnection(owner.jdbcUrl(), owner.user(), owner.password())) {
            Rows rows = new Rows(connection);
            rows.insert("ALTER ROLE rateguard_proxy LOGIN PASSWORD '" + proxyPassword + "'");
            UUID workspace = UUID.randomUUID();
            rows.insert("INSERT INTO workspaces (id, slug, name) VALUES (?, 'bench', 'Bench')", workspace);
            initialise(redisUrl, new WorkspaceId(workspace));
            api(rows, workspace, upstreamPort, new SecretBox(secretKey, random));
            rows.insert(
                    "INSERT INTO api_keys (id, workspace_id, name, environment, prefix, hash)"
                            + " VALUES (?, ?, 'load', 'live', ?, ?)",
                    UUID.randomUUID(),
                    workspace,
                    key.displayPrefix(),
                    key.hash().bytes());
            limit(rows, workspace, "requests per key", "[\"key\"]", "requests", LARGE);
            limit(rows, workspace, "tokens per workspace", "[\"workspace\"]", "tokens", LARGE);
            limit(rows, workspace, "spend per model", "[\"model\"]", "cost", LARGE);
            budget(rows, workspace, "everything", "workspace", "", "strict");
            budget(rows, workspace, "the API", "api", "openai", "elastic");
        } catch (SQLException failure) {
            throw new IllegalStateException("the rules cannot be written", failure);
        }
        return new Rules(key.reveal(), secretKey, proxyPassword);
    }

    private static void initialise(String redisUrl, WorkspaceId workspace) {
        try (Counters counters = Counters.connect(CountersSettings.patient(redisUrl))) {
            counters.rebuilds().initialise(workspace).toCompletableFuture().join();
        }
    }

    private static void migrate(PostgresAccess owner) {
        System.setProperty("liquibase.analytics.enabled", "false");
        LIQUIBASE_LOG.setLevel(Level.WARNING);
        try (Connection connection = DriverManager.getConnection(owner.jdbcUrl(), owner.user(), owner.password())) {
            Database database =
                    DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
            Scope.child(
                    Map.of(Scope.Attr.ui.name(), new LoggerUIService()),
                    () -> new Liquibase("db/changelog.yaml", new ClassLoaderResourceAccessor(), database).update());
        } catch (Exception failure) {
            throw new IllegalStateException("the schema cannot be applied", failure);
        }
    }

    private static void api(Rows rows, UUID workspace, int port, SecretBox secrets) throws SQLException {
        UUID api = UUID.randomUUID();
        UUID credential = UUID.randomUUID();
        rows.insert(
                "INSERT INTO apis (id, workspace_id, slug, name, profile, base_url, auth_type, unknown_paths)"
                        + " VALUES (?, ?, 'openai', 'OpenAI', 'openai', ?, 'bearer', 'block')",
                api,
                workspace,
                "http://127.0.0.1:" + port);
        rows.insert(
                "INSERT INTO api_credentials (id, workspace_id, api_id, name, sealed, sealed_with)"
                        + " VALUES (?, ?, ?, 'main', ?, ?)",
                credential,
                workspace,
                api,
                secrets.seal("sk-of-the-upstream", credential.toString()),
                secrets.keyId());
    }

    private static void limit(Rows rows, UUID workspace, String name, String per, String unit, long capacity)
            throws SQLException {
        rows.insert(
                "INSERT INTO limits (id, workspace_id, name, match, per, limit_shape)"
                        + " VALUES (?, ?, ?, '{\"api\":\"openai\"}', ?::jsonb, ?::jsonb)",
                UUID.randomUUID(),
                workspace,
                name,
                per,
                "{\"algorithm\":\"token-bucket\",\"unit\":\"%s\",\"capacity\":%s,\"refill\":%s,\"periodSeconds\":60}"
                        .formatted(unit, capacity, capacity));
    }

    private static void budget(Rows rows, UUID workspace, String name, String scope, String scopeValue, String estimate)
            throws SQLException {
        rows.insert(
                "INSERT INTO budgets (id, workspace_id, name, scope_type, scope_value, amount_nanos, period, zone,"
                        + " estimate) VALUES (?, ?, ?, ?, ?, ?, 'month', 'UTC', ?)",
                UUID.randomUUID(),
                workspace,
                name,
                scope,
                scopeValue,
                NINE_MILLION_DOLLARS_NANOS,
                estimate);
    }

    private record Rows(Connection connection) {
        void insert(String sql, Object... values) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < values.length; i++) {
                    statement.setObject(i + 1, values[i]);
                }
                statement.execute();
            }
        }
    }
}
