package io.rateguard.alerts.rule;

import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.WorkspaceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The alert rules in PostgreSQL. */
public final class AlertRules {

    private final JdbcClient database;

    public AlertRules(JdbcClient database) {
        this.database = database;
    }

    /** Those of these workspaces. */
    public List<AlertRule> of(Collection<WorkspaceId> workspaces) {
        if (workspaces.isEmpty()) {
            return List.of();
        }
        Set<UUID> ids = Set.copyOf(workspaces.stream().map(WorkspaceId::value).toList());
        return database.sql("""
                        SELECT id, workspace_id, budget_id, percent FROM alert_rules
                        WHERE workspace_id IN (:workspaces) AND deleted_at IS NULL AND type = 'budget-threshold'
                        ORDER BY id""")
                .param("workspaces", ids)
                .query(AlertRules::rule)
                .list();
    }

    private static AlertRule rule(ResultSet row, int number) throws SQLException {
        @Nullable UUID budget = row.getObject("budget_id", UUID.class);
        return new AlertRule(
                row.getObject("id", UUID.class),
                new WorkspaceId(row.getObject("workspace_id", UUID.class)),
                budget == null ? null : new BudgetId(budget),
                row.getObject("percent", Integer.class));
    }
}
