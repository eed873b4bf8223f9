package io.rateguard.proxy.testbed;

import io.rateguard.domain.api.Profile;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.LimitId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.key.Secret;
import io.rateguard.domain.secret.SecretBox;
import io.rateguard.embedded.PostgresAccess;
import io.rateguard.embedded.fixture.Services;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import liquibase.Liquibase;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.resource.ClassLoaderResourceAccessor;

/** A real database with the product's schema; rows are written as its owner would. */
public final class TestDatabase {

    public static final String PROXY_PASSWORD = "proxy-of-the-tests";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final PostgresAccess access;
    private final String secretKey;
    private final SecretBox secrets;

    private TestDatabase(PostgresAccess access, String secretKey) {
        this.access = access;
        this.secretKey = secretKey;
        this.secrets = new SecretBox(secretKey, RANDOM);
    }

    public static TestDatabase create() {
        PostgresAccess access = Services.postgres().freshDatabase();
        byte[] key = new byte[32];
        RANDOM.nextBytes(key);
        TestDatabase database = new TestDatabase(access, Base64.getEncoder().encodeToString(key));
        database.migrate();
        database.execute("ALTER ROLE rateguard_proxy LOGIN PASSWORD '" + PROXY_PASSWORD + "'");
        return database;
    }

    public PostgresAccess access() {
        return access;
    }

    public String secretKey() {
        return secretKey;
    }

    public WorkspaceId workspace(String slug) {
        UUID id = UUID.randomUUID();
        execute("INSERT INTO workspaces (id, slug, name) VALUES (?, ?, ?)", id, slug, slug);
        return new WorkspaceId(id);
    }

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

    public TestKey key(WorkspaceId workspace, String name, String... apiSlugs) {
        Secret secret = Secret.create(Secret.Kind.LIVE_KEY, RANDOM);
        insertKey(workspace, name, secret, apiSlugs);
        return lastKey(secret);
    }

    /** Inserts a key whose secret was made before: as when a caller tried it too early. */
    public TestKey insertKey(WorkspaceId workspace, String name, Secret secret, String... apiSlugs) {
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
        lastId = id;
        return new TestKey(new ApiKeyId(id), secret.reveal());
    }

    private UUID lastId = new UUID(0, 0);

    private TestKey lastKey(Secret secret) {
        return new TestKey(new ApiKeyId(lastId), secret.reveal());
    }

    public void setKeyStatus(ApiKeyId key, String status) {
        execute("UPDATE api_keys SET status = ? WHERE id = ?", status, key.value());
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

    public BudgetId budget(WorkspaceId workspace, String name, long amountNanos, String estimate) {
        UUID id = UUID.randomUUID();
        execute(
                "INSERT INTO budgets (id, workspace_id, name, scope_type, amount_nanos, period, zone, estimate,"
                        + " on_store_failure) VALUES (?, ?, ?, 'workspace', ?, 'month', 'UTC', ?, ?)",
                id,
                workspace.value(),
                name,
                amountNanos,
                estimate,
                estimate.equals("strict") ? "closed" : "open");
        return new BudgetId(id);
    }

    public void execute(String sql, Object... values) {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            List<Object> all = List.of(values);
            for (int i = 0; i < all.size(); i++) {
                statement.setObject(i + 1, all.get(i));
            }
            statement.execute();
        } catch (SQLException failure) {
            throw new IllegalStateException(sql, failure);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(access.jdbcUrl(), access.user(), access.password());
    }

    private void migrate() {
        try (Connection connection = connect();
                Liquibase liquibase = new Liquibase(
                        "db/changelog.yaml",
                        new ClassLoaderResourceAccessor(),
                        DatabaseFactory.getInstance()
                                .findCorrectDatabaseImplementation(new JdbcConnection(connection)))) {
            liquibase.update();
        } catch (SQLException | LiquibaseException failure) {
            throw new IllegalStateException("the schema cannot be applied", failure);
        }
    }

    /** A key and the secret that a caller sends. */
    public record TestKey(ApiKeyId id, String secret) {}
}
