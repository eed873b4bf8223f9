package io.rateguard.alerts.rule;

import io.rateguard.domain.alert.AlertKind;
import io.rateguard.domain.id.WorkspaceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The alert rules in PostgreSQL that are judged on time. */
public final class TimedRules {

    private final JdbcClient database;

    public TimedRules(JdbcClient database) {
        this.database = database;
    }

    /** Those of every workspace; a kind that a newer version knows is passed over. */
    public List<TimedRule> all() {
        return database
                .sql("""
                        SELECT r.id, r.workspace_id, r.type, r.budget_id, r.subject, r.percent, r.millis, r.window_seconds,
                          r.minimum
                        FROM alert_rules r JOIN workspaces w ON w.id = r.workspace_id
                        WHERE r.deleted_at IS NULL AND w.deleted_at IS NULL AND r.type <> 'budget-threshold'
                        ORDER BY r.workspace_id, r.id""")
                .query((row, number) ->
                        AlertKind.ofWireName(row.getString("type")).map(kind -> rule(row, kind)))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static TimedRule rule(ResultSet row, AlertKind kind) {
        try {
            @Nullable String budget = row.getString("budget_id");
            @Nullable Integer percent = row.getObject("percent", Integer.class);
            @Nullable Integer millis = row.getObject("millis", Integer.class);
            @Nullable Integer window = row.getObject("window_seconds", Integer.class);
            @Nullable Integer minimum = row.getObject("minimum", Integer.class);
            return new TimedRule(
                    row.getObject("id", UUID.class),
                    new WorkspaceId(row.getObject("workspace_id", UUID.class)),
                    kind,
                    Objects.requireNonNullElse(budget != null ? budget : row.getString("subject"), ""),
                    Objects.requireNonNullElse(percent != null ? percent : millis, kind.threshold()),
                    window == null ? kind.window() : Duration.ofSeconds(window),
                    minimum == null ? kind.minimum() : minimum);
        } catch (SQLException failure) {
            throw new IllegalStateException("alert rule: unreadable", failure);
        }
    }
}
