package io.rateguard.alerts.retention;

import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keys that the console lent somebody for a moment; requests keep their names. */
final class LentKeys {

    /** So that whoever looks into what a key did finds it for a while. */
    private static final Duration KEPT = Duration.ofDays(7);

    private final JdbcClient database;

    LentKeys(JdbcClient database) {
        this.database = database;
    }

    /** Removes those whose time was over some days ago, by the database's clock. */
    void remove() {
        database.sql("""
                        DELETE FROM api_keys
                        WHERE lent_for IS NOT NULL AND expires_at < now() - make_interval(secs => :kept)
                        """).param("kept", KEPT.toSeconds()).update();
    }
}
