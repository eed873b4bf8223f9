package io.rateguard.alerts.retention;

import io.rateguard.domain.id.WorkspaceId;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How long workspaces keep what, as PostgreSQL knows it; all times are the database's. */
final class KeptWorkspaces {

    private final JdbcClient database;

    KeptWorkspaces(JdbcClient database) {
        this.database = database;
    }

    /** A workspace, and for how many days it keeps its single requests. */
    record Kept(WorkspaceId workspace, int days) {}

    List<Kept> living() {
        return database.sql("SELECT id, retention_days FROM workspaces WHERE deleted_at IS NULL ORDER BY id")
                .query((row, number) ->
                        new Kept(new WorkspaceId(row.getObject("id", UUID.class)), row.getInt("retention_days")))
                .list();
    }

    /** Those that were deleted, as long as something of them may be left or may still come. */
    List<WorkspaceId> deleted() {
        return database.sql("SELECT id FROM workspaces WHERE deleted_at IS NOT NULL AND erased_at IS NULL ORDER BY id")
                .query((row, number) -> new WorkspaceId(row.getObject("id", UUID.class)))
                .list();
    }

    /** Notes that nothing is left of one, if it was deleted so long ago that nothing can come any more. */
    void erased(WorkspaceId workspace, Duration late) {
        database.sql("""
                        UPDATE workspaces SET erased_at = now()
                        WHERE id = :workspace AND deleted_at < now() - make_interval(secs => :late)""")
                .param("workspace", workspace.value())
                .param("late", late.toSeconds())
                .update();
    }
}
