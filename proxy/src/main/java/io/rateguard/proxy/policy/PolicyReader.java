package io.rateguard.proxy.policy;

import io.rateguard.domain.api.AuthType;
import io.rateguard.domain.api.Profile;
import io.rateguard.domain.api.UnknownPaths;
import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.budget.BudgetPeriod;
import io.rateguard.domain.budget.BudgetScope;
import io.rateguard.domain.budget.FiscalYear;
import io.rateguard.domain.budget.Increase;
import io.rateguard.domain.budget.LadderShapes;
import io.rateguard.domain.id.ApiId;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.LimitId;
import io.rateguard.domain.id.PriceOverrideId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.key.CustomerHeader;
import io.rateguard.domain.key.KeyScope;
import io.rateguard.domain.key.KeyStatus;
import io.rateguard.domain.key.Secret.SecretHash;
import io.rateguard.domain.limit.LimitMode;
import io.rateguard.domain.limit.LimitRule;
import io.rateguard.domain.limit.LimitShapes;
import io.rateguard.domain.limit.OnStoreFailure;
import io.rateguard.domain.money.Money;
import io.rateguard.domain.price.OwnPrice;
import io.rateguard.domain.price.PriceOverrides;
import io.rateguard.domain.price.PriceRow;
import io.rateguard.domain.price.UnpricedPolicy;
import io.rateguard.domain.secret.SecretBox;
import java.net.URI;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads policy rows on a connection of the proxy's role. Blocks: for the policy thread only. */
final class PolicyReader {

    private static final Logger log = LoggerFactory.getLogger(PolicyReader.class);

    private static final TypeReference<Map<String, String>> TAGS = new TypeReference<>() {};

    private final JsonMapper json = JsonMapper.shared();
    private final SecretBox secrets;
    private final ImportedCatalogues imports = new ImportedCatalogues();
    /** Prices of which it has been said that they are not understood. */
    private final Set<PriceOverrideId> passedOver = new HashSet<>();

    PolicyReader(SecretBox secrets) {
        this.secrets = secrets;
    }

    Optional<WorkspacePolicy> workspace(Connection connection, WorkspaceId id) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("""
                SELECT policy_version, suspended_at IS NOT NULL AS suspended, unpriced, ceiling, output_cap_tokens
                FROM workspaces WHERE id = ? AND deleted_at IS NULL""")) {
            query.setObject(1, id.value());
            try (ResultSet row = query.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                long cap = row.getLong("output_cap_tokens");
                return Optional.of(new WorkspacePolicy(
                        id,
                        row.getLong("policy_version"),
                        row.getBoolean("suspended"),
                        apis(connection, id),
                        limits(connection, id),
                        budgets(connection, id),
                        prices(connection, id),
                        imports.catalogue(connection, id),
                        UnpricedPolicy.read(row.getString("unpriced"), row.getString("ceiling")),
                        cap > 0 ? OptionalLong.of(cap) : OptionalLong.empty()));
            }
        }
    }

    /** Lets go of what is kept of a workspace between one look at it and the next. */
    void forget(WorkspaceId id) {
        imports.forget(id);
    }

    /** The versions that these workspaces stand at now; a workspace that is gone is left out. */
    Map<WorkspaceId, Long> versions(Connection connection, Set<WorkspaceId> workspaces) throws SQLException {
        Map<WorkspaceId, Long> versions = new HashMap<>();
        Array ids = connection.createArrayOf(
                "uuid", workspaces.stream().map(WorkspaceId::value).toArray());
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT id, policy_version FROM workspaces WHERE id = ANY (?) AND deleted_at IS NULL")) {
            query.setArray(1, ids);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    versions.put(new WorkspaceId(row.getObject("id", UUID.class)), row.getLong("policy_version"));
                }
            }
        }
        return versions;
    }

    Optional<KnownKey> key(Connection connection, SecretHash hash) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(KEY_COLUMNS + " WHERE hash = ?")) {
            query.setBytes(1, hash.bytes());
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(key(row)) : Optional.empty();
            }
        }
    }

    /** The keys of a workspace that changed at or after a version. */
    Map<SecretHash, KnownKey> keysChangedSince(Connection connection, WorkspaceId workspace, long version)
            throws SQLException {
        Map<SecretHash, KnownKey> changed = new HashMap<>();
        try (PreparedStatement query =
                connection.prepareStatement(KEY_COLUMNS + " WHERE workspace_id = ? AND policy_version >= ?")) {
            query.setObject(1, workspace.value());
            query.setLong(2, version);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    changed.put(new SecretHash(row.getBytes("hash")), key(row));
                }
            }
        }
        return changed;
    }

    private static final String KEY_COLUMNS = """
            SELECT id, coalesce(line_id, id) AS line, workspace_id, name, hash, status, api_slugs, models, endpoints,
                   ip_ranges, tags, project, customer, customer_header, expires_at FROM api_keys""";

    private KnownKey key(ResultSet row) throws SQLException {
        Timestamp expires = row.getTimestamp("expires_at");
        return new KnownKey(
                new ApiKeyId(row.getObject("id", UUID.class)),
                new ApiKeyId(row.getObject("line", UUID.class)),
                new WorkspaceId(row.getObject("workspace_id", UUID.class)),
                row.getString("name"),
                KeyStatus.ofWireName(row.getString("status")),
                scope(row),
                json.readValue(row.getString("tags"), TAGS),
                optional(row, "project"),
                optional(row, "customer"),
                CustomerHeader.ofWireName(row.getString("customer_header")),
                expires == null ? Long.MAX_VALUE : expires.getTime());
    }

    private static KeyScope scope(ResultSet row) throws SQLException {
        return KeyScope.parse(
                row.getArray("api_slugs") == null ? null : Set.copyOf(texts(row, "api_slugs")),
                texts(row, "models"),
                texts(row, "endpoints"),
                texts(row, "ip_ranges"));
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }

    private Map<String, KnownApi> apis(Connection connection, WorkspaceId workspace) throws SQLException {
        Map<UUID, List<KnownApi.Credential>> credentials = credentials(connection, workspace);
        Map<String, KnownApi> apis = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement("""
                SELECT id, slug, profile, base_url, auth_type, auth_name, enabled, unknown_paths, client_gone,
                       connect_timeout_millis, first_byte_timeout_millis, total_timeout_millis
                FROM apis WHERE workspace_id = ? AND deleted_at IS NULL""")) {
            query.setObject(1, workspace.value());
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    UUID id = row.getObject("id", UUID.class);
                    apis.put(row.getString("slug"), api(row, id, credentials.getOrDefault(id, List.of())));
                }
            }
        }
        return apis;
    }

    private static KnownApi api(ResultSet row, UUID id, List<KnownApi.Credential> credentials) throws SQLException {
        return new KnownApi(
                new ApiId(id),
                row.getString("slug"),
                Profile.ofWireName(row.getString("profile")),
                URI.create(row.getString("base_url")),
                AuthType.ofWireName(row.getString("auth_type")),
                optional(row, "auth_name"),
                credentials,
                UnknownPaths.ofWireName(row.getString("unknown_paths")),
                row.getString("client_gone").equals("drain"),
                row.getBoolean("enabled"),
                Duration.ofMillis(row.getLong("connect_timeout_millis")),
                Duration.ofMillis(row.getLong("first_byte_timeout_millis")),
                Duration.ofMillis(row.getLong("total_timeout_millis")));
    }

    private Map<UUID, List<KnownApi.Credential>> credentials(Connection connection, WorkspaceId workspace)
            throws SQLException {
        Map<UUID, List<KnownApi.Credential>> byApi = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement("""
                SELECT id, api_id, name, sealed, weight FROM api_credentials
                WHERE workspace_id = ? AND deleted_at IS NULL AND weight > 0 ORDER BY name""")) {
            query.setObject(1, workspace.value());
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    String secret = secrets.open(row.getBytes("sealed"), row.getString("id"));
                    byApi.computeIfAbsent(row.getObject("api_id", UUID.class), api -> new ArrayList<>())
                            .add(new KnownApi.Credential(row.getString("name"), secret, row.getInt("weight")));
                }
            }
        }
        return byApi;
    }

    private List<LimitRule> limits(Connection connection, WorkspaceId workspace) throws SQLException {
        List<LimitRule> limits = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement("""
                SELECT id, name, match, per, limit_shape, weights_permille, mode, on_store_failure FROM limits
                WHERE workspace_id = ? AND deleted_at IS NULL ORDER BY created_at, id""")) {
            query.setObject(1, workspace.value());
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    limits.add(new LimitRule(
                            new LimitId(row.getObject("id", UUID.class)),
                            row.getString("name"),
                            LimitShapes.match(json.readTree(row.getString("match"))),
                            LimitShapes.per(json.readTree(row.getString("per"))),
                            LimitShapes.limit(json.readTree(row.getString("limit_shape"))),
                            LimitShapes.weights(json.readTree(row.getString("weights_permille"))),
                            LimitMode.ofWireName(row.getString("mode")),
                            OnStoreFailure.ofWireName(row.getString("on_store_failure"))));
                }
            }
        }
        return limits;
    }

    private List<Budget> budgets(Connection connection, WorkspaceId workspace) throws SQLException {
        Map<BudgetId, List<Increase>> increases = increases(connection, workspace);
        List<Budget> budgets = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement("""
                SELECT id, name, scope_type, scope_value, per, amount_nanos, period, zone, fiscal_year_start, shutoff, estimate, ladder,
                       on_store_failure
                FROM budgets
                WHERE workspace_id = ? AND deleted_at IS NULL ORDER BY created_at, id""")) {
            query.setObject(1, workspace.value());
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    BudgetId id = new BudgetId(row.getObject("id", UUID.class));
                    budgets.add(new Budget(
                            id,
                            row.getString("name"),
                            new BudgetScope(
                                    BudgetScope.Type.ofWireName(row.getString("scope_type")),
                                    row.getString("scope_value")),
                            LimitShapes.per(json.readTree(row.getString("per"))),
                            Money.ofNanos(row.getLong("amount_nanos")),
                            BudgetPeriod.ofWireName(row.getString("period")),
                            ZoneId.of(row.getString("zone")),
                            FiscalYear.ofWireName(row.getString("fiscal_year_start")),
                            row.getBoolean("shutoff"),
                            Budget.Estimate.ofWireName(row.getString("estimate")),
                            LadderShapes.ladder(json.readTree(row.getString("ladder"))),
                            OnStoreFailure.ofWireName(row.getString("on_store_failure")),
                            increases.getOrDefault(id, List.of())));
                }
            }
        }
        return budgets;
    }

    private PriceOverrides prices(Connection connection, WorkspaceId workspace) throws SQLException {
        List<OwnPrice> prices = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement("""
                SELECT id, api, model, rates, service_tiers, max_output_tokens, call, charge FROM prices
                WHERE workspace_id = ? AND deleted_at IS NULL ORDER BY created_at, id""")) {
            query.setObject(1, workspace.value());
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    OwnPrice price = price(row);
                    if (price != null) {
                        prices.add(price);
                    }
                }
            }
        }
        return new PriceOverrides(prices);
    }

    /** Nothing where it speaks of what only a newer version knows: one price less is better than no policy. */
    private @Nullable OwnPrice price(ResultSet row) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        try {
            return new PriceRow(
                            id,
                            row.getString("api"),
                            row.getString("model"),
                            row.getString("rates"),
                            row.getString("service_tiers"),
                            row.getLong("max_output_tokens"),
                            optional(row, "call"),
                            optional(row, "charge"))
                    .price();
        } catch (IllegalArgumentException notUnderstood) {
            if (passedOver.add(new PriceOverrideId(id))) {
                log.warn("policy: price {} is passed over: {}", id, notUnderstood.getMessage());
            }
            return null;
        }
    }

    /** Those that have not ended, and those that ended as lately as clocks may differ. */
    private static Map<BudgetId, List<Increase>> increases(Connection connection, WorkspaceId workspace)
            throws SQLException {
        Map<BudgetId, List<Increase>> increases = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement("""
                SELECT budget_id, amount_nanos, ends_at FROM budget_increases
                WHERE workspace_id = ? AND ends_at > now() - interval '5 minutes'""")) {
            query.setObject(1, workspace.value());
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    increases
                            .computeIfAbsent(
                                    new BudgetId(row.getObject("budget_id", UUID.class)), first -> new ArrayList<>())
                            .add(new Increase(
                                    Money.ofNanos(row.getLong("amount_nanos")),
                                    row.getTimestamp("ends_at").toInstant()));
                }
            }
        }
        return increases;
    }

    private static @Nullable String optional(ResultSet row, String column) throws SQLException {
        return row.getString(column);
    }
}
