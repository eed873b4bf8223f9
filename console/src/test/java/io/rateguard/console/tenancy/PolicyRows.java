package io.rateguard.console.tenancy;

import static io.rateguard.console.fixture.TestDatabase.change;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** A row for each table that the proxies follow. */
final class PolicyRows {

    private PolicyRows() {}

    static List<String> tables() {
        return List.of(
                "apis",
                "api_credentials",
                "api_keys",
                "limits",
                "budgets",
                "budget_increases",
                "prices",
                "price_imports");
    }

    static void insertAll(Connection connection, UUID workspace) throws SQLException {
        for (String table : tables()) {
            insert(connection, table, workspace);
        }
    }

    static void insert(Connection connection, String table, UUID workspace) throws SQLException {
        String unique = UUID.randomUUID().toString();
        change(
                connection,
                switch (table) {
                    case "apis" ->
                        "INSERT INTO apis (workspace_id, slug, name, profile, base_url, auth_type, unknown_paths) VALUES ('"
                                + workspace + "', '" + unique
                                + "', 'n', 'generic', 'https://api.example', 'none', 'flat')";
                    case "api_credentials" ->
                        "INSERT INTO api_credentials (workspace_id, api_id, name, sealed, sealed_with) SELECT '"
                                + workspace
                                + "', coalesce((SELECT id FROM apis WHERE workspace_id = '" + workspace
                                + "' LIMIT 1), uuidv7()), '" + unique + "', '\\x00', 'k'";
                    case "api_keys" ->
                        "INSERT INTO api_keys (workspace_id, name, environment, prefix, hash) VALUES ('" + workspace
                                + "', 'n', 'live', 'rg_live_abcd', sha256('" + unique + "'))";
                    case "limits" ->
                        "INSERT INTO limits (workspace_id, name, limit_shape) VALUES ('" + workspace + "', '" + unique
                                + "', '{}')";
                    case "budgets" ->
                        "INSERT INTO budgets (workspace_id, name, scope_type, amount_nanos, period, zone, estimate) VALUES ('"
                                + workspace + "', '" + unique + "', 'workspace', 1, 'day', 'UTC', 'elastic')";
                    case "budget_increases" ->
                        "INSERT INTO budget_increases (workspace_id, budget_id, amount_nanos, ends_at) SELECT '"
                                + workspace
                                + "', coalesce((SELECT id FROM budgets WHERE workspace_id = '" + workspace
                                + "' LIMIT 1), uuidv7()), 1, now()";
                    case "prices" ->
                        "INSERT INTO prices (workspace_id, model, rates) VALUES ('" + workspace + "', '" + unique
                                + "', '{\"input\": \"1\"}')";
                    case "price_imports" ->
                        "INSERT INTO price_imports (workspace_id, number, base, kind, catalogue_version, added, changed, removed, created_by, applied_at, applied_by) SELECT '"
                                + workspace
                                + "', coalesce(max(number), 0) + 1, 0, 'shipped', 'v', 0, 0, 0, 'p', now(), 'p'"
                                + " FROM price_imports WHERE workspace_id = '" + workspace + "'";
                    default -> throw new IllegalArgumentException(table);
                });
    }
}
