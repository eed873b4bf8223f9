package io.rateguard.alerts.retention;

import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Addresses that somebody gave and nobody proved to be theirs by opening the link in the letter. */
final class AddressProofs {

    /** So that whoever opens the link late is told that it came too late. */
    private static final Duration KEPT = Duration.ofDays(7);

    private final JdbcClient database;

    AddressProofs(JdbcClient database) {
        this.database = database;
    }

    /** Removes those whose link ended some days ago, by the database's clock. */
    void remove() {
        database.sql("DELETE FROM address_proofs WHERE expires_at < now() - make_interval(secs => :kept)")
                .param("kept", KEPT.toSeconds())
                .update();
    }
}
