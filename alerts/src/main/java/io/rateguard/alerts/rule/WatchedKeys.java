package io.rateguard.alerts.rule;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The keys in PostgreSQL that rules watch. */
public final class WatchedKeys {

    private final JdbcClient database;

    public WatchedKeys(JdbcClient database) {
        this.database = database;
    }

    /** Those that the rule watches and that expire within its window from then on; those replaced or lent are meant to. */
    public List<Key> within(TimedRule rule, Instant now) {
        return database
                .sql("""
                        SELECT id, coalesce(line_id, id) AS line, name, expires_at FROM api_keys
                        WHERE workspace_id = :workspace AND status <> 'revoked' AND successor_id IS NULL AND lent_for IS NULL
                          AND expires_at > :now AND expires_at <= :then
                        ORDER BY expires_at, id""")
                .param("workspace", rule.workspace().value())
                .param("now", OffsetDateTime.ofInstant(now, ZoneOffset.UTC))
                .param("then", OffsetDateTime.ofInstant(now.plus(rule.window()), ZoneOffset.UTC))
                .query(WatchedKeys::key)
                .list()
                .stream()
                .filter(key -> rule.watches(key.line()))
                .toList();
    }

    /** Those of these that the rule watches, by their ids. */
    public Map<UUID, Key> of(TimedRule rule, Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        return database
                .sql("""
                        SELECT id, coalesce(line_id, id) AS line, name, expires_at FROM api_keys
                        WHERE workspace_id = :workspace AND id IN (:ids)""")
                .param("workspace", rule.workspace().value())
                .param("ids", ids)
                .query(WatchedKeys::key)
                .list()
                .stream()
                .filter(key -> rule.watches(key.line()))
                .collect(Collectors.toMap(key -> UUID.fromString(key.id()), Function.identity()));
    }

    private static Key key(ResultSet row, int number) throws SQLException {
        Timestamp expires = row.getTimestamp("expires_at");
        return new Key(
                row.getString("id"),
                row.getString("line"),
                row.getString("name"),
                expires == null ? 0 : expires.toInstant().toEpochMilli());
    }

    /**
     * A key.
     *
     * @param line what rules know it by
     * @param expiresAtMillis 0: never
     */
    public record Key(String id, String line, String name, long expiresAtMillis) {}
}
