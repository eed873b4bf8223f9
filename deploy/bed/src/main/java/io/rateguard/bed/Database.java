package io.rateguard.bed;

import io.rateguard.domain.api.Profile;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.LimitId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.key.Secret;
import io.rateguard.domain.secret.SecretBox;
import io.rateguard.embedded.PostgresAccess;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.ui.LoggerUIService;

/** A database with the product's schema; rows are written as its owner would. */
public final class Database {

    private static final Logger LIQUIBASE_LOG = Logger.getLogger("liquibase");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final PostgresAccess owner;
    private final String servicesPassword;
    private final String secretKey;
    private final SecretBox secrets;

    private Database(PostgresAccess owner, String servicesPassword) {
        this.owner = owner;
        this.servicesPassword = servicesPassword;
        this.secretKey = newSecretKey();
        this.secrets = new SecretBox(secretKey, RANDOM);
    }

    /**
     * Applies the schema and lets the services in.
     *
     * @param servicesPassword what the proxy and the alerts service sign in with
     */
    public static Database create(PostgresAccess owner, String servicesPassword) {
        Database database = new Database(owner, servicesPassword);
        database.migrate();
        for (String role : new String[] {"rateguard_proxy", "rateguard_alerts"}) {
            database.execute("ALTER ROLE " + role + " LOGIN PASSWORD '" + servicesPassword + "'");
        }
        return database;
    }

    public PostgresAccess owner() {
        return owner;
    }

    /** What the proxy and the alerts service sign in with. */
    public String servicesPassword() {
        return servicesPassword;
    }

    /** What secrets in it are sealed with. */
    public String secretKey() {
        return secretKey;
    }

    public WorkspaceId workspace(String slug) {
        UUID id = UUID.randomUUID();
        execute("INSERT INTO workspaces (id, slug, name) VALUES (?, ?, ?)", id, slug, slug);
        return new WorkspaceId(id);
    }

    /** @param secret of the one credential; empty for none */
    public void api(
            WorkspaceId workspace, String slug, String profile, String baseUrl, String authType, String secret) {
        UUID id = UUID.randomUUID();
        execute(
                "INSERT INTO apis (id, workspace_id, slug, name, profile, base_url, auth_type, unknown_paths)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                id,
                workspace.value(),
                slug,
                slug,
                profile,
                baseUrl,
                authType,
                Profile.ofWireName(profile).usualUnknownPaths().wireName());
        if (!secret.isEmpty()) {
            UUID credential = UUID.randomUUID();
            execute(
                    "INSERT INTO api_credentials (id, workspace_id, api_id, name, sealed, sealed_with)"
                            + " VALUES (?, ?, ?, 'main', ?, ?)",
                    credential,
                    workspace.value(),
                    id,
                    secrets.seal(secret, credential.toString()),
                    secrets.keyId());
        }
    }

    public Key key(WorkspaceId workspace, String name) {
        return key(workspace, name, Secret.create(Secret.Kind.LIVE_KEY, RANDOM));
    }

    /** @param apiSlugs the APIs that it may call; none for all */
    public Key key(WorkspaceId workspace, String name, Secret secret, String... apiSlugs) {
        UUID id = UUID.randomUUID();
        try (Connection connection = connect();
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO api_keys (id, workspace_id, name, environment, prefix, hash, api_slugs)"
                                + " VALUES (?, ?, ?, 'live', ?, ?, ?)")) {
            insert.setObject(1, id);
            insert.setObject(2, workspace.value());
            insert.setString(3, name);
            insert.setString(4, secret.displayPrefix());
            insert.setBytes(5, secret.hash().bytes());
            insert.setArray(6, apiSlugs.length == 0 ? null : connection.createArrayOf("text", apiSlugs));
            insert.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
        return new Key(new ApiKeyId(id), secret.reveal());
    }

    public LimitId limit(WorkspaceId workspace, String name, String matchJson, String perJson, String limitJson) {
        UUID id = UUID.randomUUID();
        execute(
                "INSERT INTO limits (id, workspace_id, name, match, per, limit_shape)"
                        + " VALUES (?, ?, ?, ?::jsonb, ?::jsonb, ?::jsonb)",
                id,
                workspace.value(),
                name,
                matchJson,
                perJson,
                limitJson);
        return new LimitId(id);
    }

    /** A monthly one of the whole workspace. */
    public BudgetId budget(WorkspaceId workspace, String name, long amountNanos, String estimate) {
        return budget(workspace, name, "workspace", "", amountNanos, estimate);
    }

    /** A monthly one. */
    public BudgetId budget(
            WorkspaceId workspace,
            String name,
            String scopeType,
            String scopeValue,
            long amountNanos,
            String estimate) {
        UUID id = UUID.randomUUID();
        execute(
                "INSERT INTO budgets (id, workspace_id, name, scope_type, scope_value, amount_nanos, period, zone,"
                        + " estimate, on_store_failure) VALUES (?, ?, ?, ?, ?, ?, 'month', 'UTC', ?, ?)",
                id,
                workspace.value(),
                name,
                scopeType,
                scopeValue,
                amountNanos,
                estimate,
                estimate.equals("strict") ? "closed" : "open");
        return new BudgetId(id);
    }

    public UUID emailChannel(WorkspaceId workspace, String name, String address) {
        UUID id = UUID.randomUUID();
        execute(
                "INSERT INTO channels (id, workspace_id, name, type, target) VALUES (?, ?, ?, 'email',"
                        + " jsonb_build_object('to', jsonb_build_array(?::text)))",
                id,
                workspace.value(),
                name,
                address);
        return id;
    }

    /** @param target the address of a {@code slack} channel; of a {@code webhook} its JSON */
    public UUID sealedChannel(WorkspaceId workspace, String name, String type, String target) {
        UUID id = UUID.randomUUID();
        execute(
                "INSERT INTO channels (id, workspace_id, name, type, target, sealed, sealed_with)"
                        + " VALUES (?, ?, ?, ?, '{}', ?, ?)",
                id,
                workspace.value(),
                name,
                type,
                secrets.seal(target, id.toString()),
                secrets.keyId());
        return id;
    }

    /** One on every threshold of every budget. */
    public void budgetRule(WorkspaceId workspace, String name, List<UUID> channels) {
        execute(
                "INSERT INTO alert_rules (workspace_id, name, type, channel_ids)"
                        + " VALUES (?, ?, 'budget-threshold', ?::uuid[])",
                workspace.value(),
                name,
                channels.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}")));
    }

    public void execute(String sql, Object... values) {
        prepared(sql, values, PreparedStatement::execute);
    }

    /** What a question that has one number for an answer is answered. */
    public long number(String sql, Object... values) {
        return prepared(sql, values, statement -> {
            try (ResultSet answer = statement.executeQuery()) {
                answer.next();
                return answer.getLong(1);
            }
        });
    }

    private <T> T prepared(String sql, Object[] values, Run<T> run) {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return run.of(statement);
        } catch (SQLException failure) {
            throw new IllegalStateException(sql, failure);
        }
    }

    @FunctionalInterface
    private interface Run<T> {

        T of(PreparedStatement statement) throws SQLException;
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(owner.jdbcUrl(), owner.user(), owner.password());
    }

    private void migrate() {
        System.setProperty("liquibase.analytics.enabled", "false");
        LIQUIBASE_LOG.setLevel(Level.WARNING);
        try (Connection connection = connect()) {
            liquibase.database.Database target =
                    DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
            Scope.child(
                    Map.of(Scope.Attr.ui.name(), new LoggerUIService()),
                    () -> new Liquibase("db/changelog.yaml", new ClassLoaderResourceAccessor(), target).update());
        } catch (Exception failure) {
            throw new IllegalStateException("the schema cannot be applied", failure);
        }
    }

    private static String newSecretKey() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** A key and the secret that a caller sends. */
    public record Key(ApiKeyId id, String secret) {}
}
