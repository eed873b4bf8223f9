package io.rateguard.alerts.rule;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The keys in PostgreSQL that end soon. */
public final class ExpiringKeys {

    private final JdbcClient database;

    public ExpiringKeys(JdbcClient database) {
        this.database = database;
    }

    /** Those that the rule watches and that expire within its window from then on; one with a successor is meant to. */
    public List<Key> within(TimedRule rule, Instant now) {
        return database
                .sql("""
                        SELECT id, coalesce(line_id, id) AS line, name, expires_at FROM api_keys
                        WHERE workspace_id = :workspace AND status <> 'revoked' AND successor_id IS NULL
                          AND expires_at > :now AND expires_at <= :then
                        ORDER BY expires_at, id""")
                .param("workspace", rule.workspace().value())
                .param("now", OffsetDateTime.ofInstant(now, ZoneOffset.UTC))
                .param("then", OffsetDateTime.ofInstant(now.plus(rule.window()), ZoneOffset.UTC))
                .query((row, number) -> new Key(
                        row.getObject("id", UUID.class).toString(),
                        row.getObject("line", UUID.class).toString(),
                        row.getString("name"),
                        row.getTimestamp("expires_at").toInstant().toEpochMilli()))
                .list()
                .stream()
                .filter(key -> rule.watches(key.line()))
                .toList();
    }

    /**
     * A key and when it ends.
     *
     * @param line what rules know it by
     */
    public record Key(String id, String line, String name, long expiresAtMillis) {}
}
