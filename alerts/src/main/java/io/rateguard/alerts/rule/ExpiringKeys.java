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

    /** Those in use that the rule watches and that expire within its window from then on. */
    public List<Key> within(TimedRule rule, Instant now) {
        return database.sql("""
                        SELECT id, name, expires_at FROM api_keys
                        WHERE workspace_id = :workspace AND status <> 'revoked'
                          AND expires_at > :now AND expires_at <= :then
                        ORDER BY expires_at, id""")
                .param("workspace", rule.workspace().value())
                .param("now", OffsetDateTime.ofInstant(now, ZoneOffset.UTC))
                .param("then", OffsetDateTime.ofInstant(now.plus(rule.window()), ZoneOffset.UTC))
                .query((row, number) -> new Key(
                        row.getObject("id", UUID.class).toString(),
                        row.getString("name"),
                        row.getTimestamp("expires_at").toInstant().toEpochMilli()))
                .list()
                .stream()
                .filter(key -> rule.watches(key.id()))
                .toList();
    }

    /** A key and when it ends. */
    public record Key(String id, String name, long expiresAtMillis) {}
}
