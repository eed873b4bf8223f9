package io.rateguard.drills.policy;

import io.rateguard.bed.Database;
import java.util.UUID;

/** What may happen to a key that is in use, and the status that its requests get from then on. */
enum Change {
    REVOKED(
            "the key is revoked",
            401,
            "UPDATE api_keys SET status = 'revoked', revoked_at = now() WHERE id = ?",
            Row.KEY),
    EXPIRED("the key expires", 401, "UPDATE api_keys SET expires_at = now() WHERE id = ?", Row.KEY),
    ROTATED_OUT(
            "its grace is cut short",
            401,
            "WITH successor AS (INSERT INTO api_keys (workspace_id, name, environment, prefix, hash, line_id)"
                    + " SELECT workspace_id, name, environment, prefix, sha256(hash), id FROM api_keys WHERE id = ?"
                    + " RETURNING id, line_id)"
                    + " UPDATE api_keys SET expires_at = now(), successor_id = successor.id FROM successor"
                    + " WHERE api_keys.id = successor.line_id",
            Row.KEY),
    SCOPE("its scope is narrowed", 403, "UPDATE api_keys SET models = '{another-model}' WHERE id = ?", Row.KEY),
    LIMIT(
            "its limit is set to 0",
            429,
            "INSERT INTO limits (workspace_id, name, match, per, limit_shape) VALUES (?, 'none', '{}', '[]',"
                    + " '{\"algorithm\":\"sliding-window\",\"unit\":\"requests\",\"max\":0,\"windowSeconds\":60}')",
            Row.WORKSPACE),
    UPSTREAM(
            "its upstream moves",
            502,
            "UPDATE apis SET base_url = 'http://127.0.0.1:9' WHERE workspace_id = ?",
            Row.WORKSPACE),
    SUSPENDED(
            "the workspace is suspended",
            403,
            "UPDATE workspaces SET suspended_at = now() WHERE id = ?",
            Row.WORKSPACE);

    private enum Row {
        KEY,
        WORKSPACE
    }

    private final String words;
    private final int status;
    private final String sql;
    private final Row row;

    Change(String words, int status, String sql, Row row) {
        this.words = words;
        this.status = status;
        this.sql = sql;
        this.row = row;
    }

    String words() {
        return words;
    }

    /** What a request gets to which it applies. */
    int status() {
        return status;
    }

    /** Makes it; from the return on it is committed. */
    void make(Database database, Target target) {
        UUID id =
                row == Row.KEY ? target.key().id().value() : target.workspace().value();
        database.execute(sql, id);
    }
}
