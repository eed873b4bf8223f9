package io.rateguard.alerts.delivery;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The deliveries in PostgreSQL; all times are the database's. */
final class Outbox {

    private static final int LONGEST_TROUBLE = 300;

    private final JdbcClient database;
    private final Duration lease;

    Outbox(JdbcClient database, Duration lease) {
        this.database = database;
        this.lease = lease;
    }

    /**
     * Takes deliveries that are due, for the time of the lease: of each channel the first that it has not heard yet, so
     * that it hears all in order, and letters. What others are taking is passed over; the channels are gone through by
     * their index, so that it does not matter how much waits behind each first.
     */
    List<Delivery> take(int atMost) {
        return database.sql("""
                        WITH RECURSIVE heads AS (
                          (SELECT channel_id, id FROM deliveries WHERE state = 'pending' AND channel_id IS NOT NULL
                           ORDER BY channel_id, id LIMIT 1)
                          UNION ALL
                          SELECT next.channel_id, next.id
                          FROM heads CROSS JOIN LATERAL (
                            SELECT d.channel_id, d.id FROM deliveries d
                            WHERE d.state = 'pending' AND d.channel_id > heads.channel_id
                            ORDER BY d.channel_id, d.id LIMIT 1) AS next)
                        UPDATE deliveries SET attempts = attempts + 1, version = version + 1,
                          due_at = now() + make_interval(secs => :lease)
                        WHERE id IN (SELECT d.id FROM deliveries d
                                     WHERE d.id = ANY (ARRAY(
                                         SELECT id FROM heads
                                         UNION ALL
                                         SELECT letter.id FROM deliveries letter
                                         WHERE letter.state = 'pending' AND letter.channel_id IS NULL))
                                       AND d.state = 'pending' AND d.due_at <= now()
                                     ORDER BY d.due_at LIMIT :most FOR UPDATE OF d SKIP LOCKED)
                        RETURNING id, workspace_id, channel_id, attempts, created_at""")
                .param("lease", lease.toMillis() / 1000.0)
                .param("most", atMost)
                .query((row, number) -> new Delivery(
                        row.getObject("id", UUID.class),
                        row.getObject("workspace_id", UUID.class),
                        row.getObject("channel_id", UUID.class),
                        row.getInt("attempts"),
                        row.getObject("created_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    /** Takes one for the time of a lease from now on, unless somebody else has taken it since. */
    void renew(Delivery delivery) {
        database.sql("""
                        UPDATE deliveries SET due_at = now() + make_interval(secs => :lease)
                        WHERE id = :id AND attempts = :attempts AND state = 'pending'""")
                .param("lease", lease.toMillis() / 1000.0)
                .param("id", delivery.id())
                .param("attempts", delivery.attempts())
                .update();
    }

    /**
     * Handed over, even when the lease had run out meanwhile.
     *
     * @param answer what the receiver said, where it says something
     */
    void delivered(Delivery delivery, Optional<String> answer) {
        database.sql("""
                        UPDATE deliveries SET state = 'delivered', ended_at = now(), trouble = NULL, answer = :answer,
                          letter = NULL, version = version + 1
                        WHERE id = :id AND state <> 'delivered'""")
                .param("answer", answer.orElse(null))
                .param("id", delivery.id())
                .update();
    }

    /**
     * @param answer what the receiver said, where it said something
     * @param pause until it is tried again; nothing: it is given up
     * @return false when somebody else has taken it since
     */
    boolean failed(Delivery delivery, String trouble, Optional<String> answer, Optional<Duration> pause) {
        return database.sql("""
                        UPDATE deliveries SET trouble = :trouble, answer = :answer, version = version + 1,
                          state = CASE WHEN :again THEN 'pending' ELSE 'failed' END,
                          due_at = now() + make_interval(secs => :pause),
                          ended_at = CASE WHEN :again THEN NULL ELSE now() END,
                          letter = CASE WHEN :again THEN letter END
                        WHERE id = :id AND attempts = :attempts AND state = 'pending'""")
                        .param("trouble", trouble.substring(0, Math.min(trouble.length(), LONGEST_TROUBLE)))
                        .param("answer", answer.orElse(null))
                        .param("again", pause.isPresent())
                        .param("pause", pause.orElse(Duration.ZERO).toMillis() / 1000.0)
                        .param("id", delivery.id())
                        .param("attempts", delivery.attempts())
                        .update()
                == 1;
    }

    /** How many wait. */
    long waiting() {
        return database.sql("SELECT count(*) FROM deliveries WHERE state = 'pending'")
                .query(Long.class)
                .single();
    }
}
