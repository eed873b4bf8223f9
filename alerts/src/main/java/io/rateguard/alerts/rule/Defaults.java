package io.rateguard.alerts.rule;

import io.rateguard.domain.budget.Ladder;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a workspace is told without asking: its owners hear by email of the shares that every budget is watched at. These
 * are rules and a channel as any other, given once: who deletes them has switched them off.
 */
public final class Defaults {

    private static final String RULES = Ladder.ALWAYS_WATCHED.stream()
            .map("(%1$d, 'Every budget at %1$d %%')"::formatted)
            .collect(Collectors.joining(", "));

    private final JdbcClient database;

    public Defaults(JdbcClient database) {
        this.database = database;
    }

    /** Gives them to each workspace with an owner that never had them; returns how many rules that makes. */
    public int give() {
        return database.sql("""
                        WITH given AS (
                          INSERT INTO channels (workspace_id, name, type, target)
                          SELECT w.id, 'Owners of the workspace', 'owners', '{}' FROM workspaces w
                          WHERE w.deleted_at IS NULL
                            AND EXISTS (SELECT FROM memberships m WHERE m.workspace_id = w.id AND m.role = 'owner')
                            AND NOT EXISTS (SELECT FROM channels c WHERE c.workspace_id = w.id AND c.type = 'owners')
                          ON CONFLICT DO NOTHING RETURNING id, workspace_id)
                        INSERT INTO alert_rules (workspace_id, name, type, percent, channel_ids)
                        SELECT given.workspace_id, share.name, 'budget-threshold', share.percent, ARRAY[given.id]
                        FROM given CROSS JOIN (VALUES %s) AS share (percent, name)
                        ON CONFLICT DO NOTHING""".formatted(RULES)).update();
    }
}
