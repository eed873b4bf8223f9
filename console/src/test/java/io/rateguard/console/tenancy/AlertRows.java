package io.rateguard.console.tenancy;

import static io.rateguard.console.fixture.TestDatabase.change;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** A row for each table that the alerts service works with. */
final class AlertRows {

    private AlertRows() {}

    /** In the order in which they refer to each other; the workspace has a budget. */
    static List<String> tables() {
        return List.of("channels", "alert_rules", "crossings", "incidents", "deliveries", "corrections");
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
                    case "channels" ->
                        "INSERT INTO channels (workspace_id, name, type, target) VALUES ('" + workspace + "', '"
                                + unique + "', 'email', '{}')";
                    case "alert_rules" ->
                        "INSERT INTO alert_rules (workspace_id, name, type, channel_ids) VALUES ('" + workspace + "', '"
                                + unique + "', 'budget-threshold', '{}')";
                    case "crossings" ->
                        "INSERT INTO crossings (workspace_id, rule_id, budget_id, window_name, window_start_millis,"
                                + " window_end_millis, percent, amount_nanos, spent_nanos, crossed_at, source) SELECT '"
                                + workspace + "', r.id, b.id, '" + unique + "', 0, 1, 80, 100, 80, now(), 'told'"
                                + " FROM alert_rules r JOIN budgets b USING (workspace_id) WHERE workspace_id = '"
                                + workspace + "' LIMIT 1";
                    case "incidents" ->
                        "INSERT INTO incidents (workspace_id, rule_id, subject, subject_name, opened_at, value, threshold,"
                                + " volume) SELECT '" + workspace + "', id, '" + unique + "', 'n', now(), 1, 1, 1"
                                + " FROM alert_rules WHERE workspace_id = '" + workspace + "' LIMIT 1";
                    case "deliveries" ->
                        "INSERT INTO deliveries (workspace_id, channel_id) SELECT '" + workspace
                                + "', coalesce((SELECT id FROM channels WHERE workspace_id = '" + workspace
                                + "' LIMIT 1), uuidv7())";
                    case "corrections" ->
                        "INSERT INTO corrections (workspace_id, author, from_at, to_at) VALUES ('" + workspace + "', '"
                                + unique + "', now(), now())";
                    default -> throw new IllegalArgumentException(table);
                });
    }
}
