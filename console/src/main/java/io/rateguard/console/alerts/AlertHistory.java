package io.rateguard.console.alerts;

import io.rateguard.console.security.Access;
import io.rateguard.console.security.Action;
import io.rateguard.console.security.Tenancy;
import io.rateguard.domain.alert.AlertKind;
import io.rateguard.domain.id.WorkspaceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** What was told to whom lately and what came of it, as the alerts service wrote it down. */
@Service
public class AlertHistory {

    private final Access access;
    private final Tenancy tenancy;
    private final JdbcClient database;

    AlertHistory(Access access, Tenancy tenancy, JdbcClient database) {
        this.access = access;
        this.tenancy = tenancy;
        this.database = database;
    }

    /** Newest first. */
    public List<Told> recent(WorkspaceId workspace, int atMost) {
        access.require(workspace, Action.READ);
        return tenancy.in(
                workspace,
                () -> database.sql("""
                        SELECT ch.name AS channel, d.state, d.attempts, d.trouble, d.answer, d.created_at, d.recovery,
                          b.name AS budget, c.percent, r.type, i.subject_name
                        FROM deliveries d
                        JOIN channels ch ON ch.id = d.channel_id
                        LEFT JOIN crossings c ON c.id = d.crossing_id
                        LEFT JOIN budgets b ON b.id = c.budget_id
                        LEFT JOIN incidents i ON i.id = d.incident_id
                        LEFT JOIN alert_rules r ON r.id = coalesce(c.rule_id, i.rule_id)
                        WHERE d.workspace_id = :workspace
                        ORDER BY d.id DESC LIMIT :most""")
                        .param("workspace", workspace.value())
                        .param("most", atMost)
                        .query(AlertHistory::told)
                        .list());
    }

    /** The rules that have come upon something that is not over. */
    public Set<UUID> goingOn(WorkspaceId workspace) {
        access.require(workspace, Action.READ);
        return tenancy.in(
                workspace,
                () -> Set.copyOf(database.sql("""
                        SELECT DISTINCT rule_id FROM incidents
                        WHERE workspace_id = :workspace AND closed_at IS NULL""")
                        .param("workspace", workspace.value())
                        .query((row, number) -> row.getObject("rule_id", UUID.class))
                        .list()));
    }

    private static Told told(ResultSet row, int number) throws SQLException {
        Timestamp at = row.getTimestamp("created_at");
        String type = row.getString("type");
        return new Told(
                at.toInstant(),
                row.getString("channel"),
                type == null ? null : AlertKind.ofWireName(type).orElse(null),
                row.getString("budget") == null ? row.getString("subject_name") : row.getString("budget"),
                row.getObject("percent", Integer.class),
                row.getBoolean("recovery"),
                row.getString("state"),
                row.getInt("attempts"),
                row.getString("trouble"),
                row.getString("answer"));
    }

    /**
     * One message to one channel.
     *
     * @param kind of the rule that it came from; null: a test
     * @param subject the budget, API, model or key; null or empty: the whole workspace
     * @param percent of a budget's threshold
     * @param recovery whether it tells of the end
     * @param state pending, delivered or failed
     * @param trouble why the last attempt failed
     * @param answer what the receiver of a webhook answered last
     */
    public record Told(
            Instant at,
            String channel,
            @Nullable AlertKind kind,
            @Nullable String subject,
            @Nullable Integer percent,
            boolean recovery,
            String state,
            int attempts,
            @Nullable String trouble,
            @Nullable String answer) {}
}
