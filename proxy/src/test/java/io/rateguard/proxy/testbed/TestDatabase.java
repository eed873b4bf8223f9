package io.rateguard.proxy.testbed;

import io.rateguard.bed.Database;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.LimitId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.key.Secret;
import io.rateguard.embedded.PostgresAccess;
import io.rateguard.embedded.fixture.Services;
import io.rateguard.proxy.policy.PolicySettings;
import java.security.SecureRandom;
import java.time.Duration;

/** A database of its own for one test bed. */
public final class TestDatabase {

    public static final String PROXY_PASSWORD = "proxy-of-the-tests";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Database database;

    private TestDatabase(Database database) {
        this.database = database;
    }

    public static TestDatabase create() {
        return new TestDatabase(Database.create(Services.postgres().freshDatabase(), PROXY_PASSWORD));
    }

    public PostgresAccess access() {
        return database.owner();
    }

    public String secretKey() {
        return database.secretKey();
    }

    /** How a proxy reads it. */
    public PolicySettings policy() {
        return new PolicySettings(
                database.owner().jdbcUrl(),
                null,
                "rateguard_proxy",
                PROXY_PASSWORD,
                database.secretKey(),
                Duration.ofMinutes(15),
                10_000);
    }

    public WorkspaceId workspace(String slug) {
        return database.workspace(slug);
    }

    public void api(
            WorkspaceId workspace, String slug, String profile, String baseUrl, String authType, String secret) {
        database.api(workspace, slug, profile, baseUrl, authType, secret);
    }

    public TestKey key(WorkspaceId workspace, String name, String... apiSlugs) {
        return insertKey(workspace, name, Secret.create(Secret.Kind.LIVE_KEY, RANDOM), apiSlugs);
    }

    /** Inserts a key whose secret was made before: as when a caller tried it too early. */
    public TestKey insertKey(WorkspaceId workspace, String name, Secret secret, String... apiSlugs) {
        Database.Key key = database.key(workspace, name, secret, apiSlugs);
        return new TestKey(key.id(), key.secret());
    }

    public void setKeyStatus(ApiKeyId key, String status) {
        execute("UPDATE api_keys SET status = ? WHERE id = ?", status, key.value());
    }

    public LimitId limit(WorkspaceId workspace, String name, String matchJson, String perJson, String limitJson) {
        return database.limit(workspace, name, matchJson, perJson, limitJson);
    }

    public BudgetId budget(WorkspaceId workspace, String name, long amountNanos, String estimate) {
        return database.budget(workspace, name, amountNanos, estimate);
    }

    public void execute(String sql, Object... values) {
        database.execute(sql, values);
    }

    /** A key and the secret that a caller sends. */
    public record TestKey(ApiKeyId id, String secret) {}
}
