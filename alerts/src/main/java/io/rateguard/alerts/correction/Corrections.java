package io.rateguard.alerts.correction;

import io.rateguard.alerts.correction.Correction.Manual;
import io.rateguard.alerts.correction.Correction.Progress;
import io.rateguard.alerts.correction.Correction.Rerate;
import io.rateguard.alerts.correction.Correction.Start;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.id.WorkspaceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** The corrections in PostgreSQL; all times are the database's. */
public final class Corrections {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int LONGEST_TROUBLE = 300;

    private final JdbcClient database;
    private final Duration lease;

    public Corrections(JdbcClient database, Duration lease) {
        this.database = database;
        this.lease = lease;
    }

    /** The journals of a workspace's corrections that are not in the counters yet. */
    public List<UUID> open(WorkspaceId workspace) {
        return database.sql("SELECT id FROM corrections WHERE workspace_id = :workspace AND ended_at IS NULL")
                .param("workspace", workspace.value())
                .query((row, number) -> row.getObject("id", UUID.class))
                .list();
    }

    /**
     * Takes the next one for the time of the lease: of a workspace the one that has begun, else the oldest, which nobody
     * else holds. Ids are those of the consoles' clocks: one with a smaller id may come after another has begun.
     */
    Optional<Correction> take() {
        return database.sql("""
                        UPDATE corrections SET state = 'running', version = version + 1, lease = lease + 1,
                          leased_until = now() + make_interval(secs => :lease)
                        WHERE id = (SELECT id FROM corrections c
                                    WHERE ended_at IS NULL AND coalesce(leased_until, '-infinity') <= now()
                                      AND NOT EXISTS (SELECT FROM corrections o
                                                      WHERE o.workspace_id = c.workspace_id AND o.ended_at IS NULL AND o.id <> c.id
                                                        AND (o.state = 'running' OR (c.state <> 'running' AND o.id < c.id)))
                                    ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
                        RETURNING id, workspace_id, author, created_at, from_at, to_at, api, model, dry_run,
                          request_id, cost_nanos, note, start, progress, lease""")
                .param("lease", seconds(lease))
                .query((row, number) -> correction(row))
                .optional();
    }

    /** @throws LeaseLost when somebody else has taken it since */
    void begin(Correction correction, Start start) {
        update(correction, ", start = :value::jsonb", JSON.writeValueAsString(start));
    }

    /** Keeps how far it is, and the lease for another while. */
    void keep(Correction correction, Progress progress) {
        update(correction, ", progress = :value::jsonb", JSON.writeValueAsString(progress));
    }

    /** Keeps the lease for another while. */
    void keep(Correction correction) {
        update(correction, "", "");
    }

    void done(Correction correction) {
        update(correction, ", ended_at = now(), trouble = NULL, state = :value", "done");
    }

    /** It cannot be done, now or later. */
    void failed(Correction correction, String why) {
        update(correction, ", ended_at = now(), state = 'failed', trouble = :value", clipped(why));
    }

    /** Lets anybody try it again after a pause. */
    void release(Correction correction, String trouble, Duration pause) {
        database.sql("""
                        UPDATE corrections SET trouble = :trouble, version = version + 1,
                          leased_until = now() + make_interval(secs => :pause)
                        WHERE id = :id AND lease = :held AND ended_at IS NULL""")
                .param("trouble", clipped(trouble))
                .param("pause", seconds(pause))
                .param("id", correction.id())
                .param("held", correction.lease())
                .update();
    }

    /** @param change more to set, from a text */
    private void update(Correction correction, String change, String value) {
        int changed = database.sql("UPDATE corrections SET version = version + 1,"
                        + " leased_until = now() + make_interval(secs => :lease)" + change
                        + " WHERE id = :id AND lease = :held AND ended_at IS NULL")
                .param("value", value)
                .param("lease", seconds(lease))
                .param("id", correction.id())
                .param("held", correction.lease())
                .update();
        if (changed == 0) {
            throw new LeaseLost(correction.id());
        }
    }

    private static Correction correction(ResultSet row) throws SQLException {
        String start = row.getString("start");
        String progress = row.getString("progress");
        return new Correction(
                row.getObject("id", UUID.class),
                new WorkspaceId(row.getObject("workspace_id", UUID.class)),
                row.getString("author"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                wanted(row),
                start == null ? null : JSON.readValue(start, Start.class),
                progress == null ? Progress.NONE : JSON.readValue(progress, Progress.class),
                row.getInt("lease"));
    }

    private static Correction.Wanted wanted(ResultSet row) throws SQLException {
        String request = row.getString("request_id");
        return request == null
                ? new Rerate(
                        row.getObject("from_at", OffsetDateTime.class).toInstant(),
                        row.getObject("to_at", OffsetDateTime.class).toInstant(),
                        row.getString("api"),
                        row.getString("model"),
                        row.getBoolean("dry_run"))
                : new Manual(new RequestId(request), row.getLong("cost_nanos"), row.getString("note"));
    }

    private static String clipped(String trouble) {
        return trouble.substring(0, Math.min(trouble.length(), LONGEST_TROUBLE));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    /** Somebody else goes on with the correction. */
    static final class LeaseLost extends RuntimeException {

        private static final long serialVersionUID = 1L;

        LeaseLost(UUID correction) {
            super("correction " + correction + ": taken by another service");
        }
    }
}
