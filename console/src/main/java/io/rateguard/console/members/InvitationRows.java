package io.rateguard.console.members;

import io.rateguard.console.rest.PageRequest;
import io.rateguard.console.security.Role;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.key.Secret.SecretHash;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Rows of {@code invitations} with the deliveries of their letters; all of it must run inside a transaction. */
@Component
class InvitationRows {

    private static final String OPEN = """
            select i.id, i.email, i.role, i.invited_by, i.created_at, i.expires_at, d.state, d.trouble
            from invitations i join deliveries d on d.id = i.id
            where i.workspace_id = :workspace and i.accepted_at is null and i.revoked_at is null and\s""";

    private final JdbcClient jdbc;

    InvitationRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Invitation> page(WorkspaceId workspace, PageRequest request) {
        return jdbc.sql(OPEN + "i.id > :after order by i.id limit :limit")
                .param("workspace", workspace.value())
                .param("after", request.after())
                .param("limit", request.fetch().max())
                .query(InvitationRows::invitation)
                .list();
    }

    Optional<Invitation> find(WorkspaceId workspace, UUID id) {
        return jdbc.sql(OPEN + "i.id = :id")
                .param("workspace", workspace.value())
                .param("id", id)
                .query(InvitationRows::invitation)
                .optional();
    }

    Optional<Invitation> findTo(WorkspaceId workspace, String email) {
        return jdbc.sql(OPEN + "lower(i.email) = lower(:email)")
                .param("workspace", workspace.value())
                .param("email", email)
                .query(InvitationRows::invitation)
                .optional();
    }

    long open(WorkspaceId workspace) {
        return jdbc.sql("select count(*) from invitations where workspace_id = :workspace"
                        + " and accepted_at is null and revoked_at is null")
                .param("workspace", workspace.value())
                .query(Long.class)
                .single();
    }

    void insert(WorkspaceId workspace, Invitation invitation, SecretHash hash) {
        jdbc.sql("""
                        insert into invitations (id, workspace_id, email, role, invited_by, hash, created_at, expires_at)
                        values (:id, :workspace, :email, :role, :by, :hash, :created, :expires)""")
                .param("id", invitation.id())
                .param("workspace", workspace.value())
                .param("email", invitation.email())
                .param("role", invitation.role().wireName())
                .param("by", invitation.invitedBy())
                .param("hash", hash.bytes())
                .param("created", invitation.createdAt().atOffset(ZoneOffset.UTC))
                .param("expires", invitation.expiresAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    void revoke(UUID id) {
        jdbc.sql("update invitations set revoked_at = now(), version = version + 1"
                        + " where id = :id and accepted_at is null and revoked_at is null")
                .param("id", id)
                .update();
    }

    /** What this link opens, while it opens anything. */
    Optional<Opened> opened(SecretHash hash) {
        return jdbc.sql("""
                        select id, workspace_id, email, role, invited_by from invitations
                        where hash = :hash and accepted_at is null and revoked_at is null and expires_at > now()""")
                .param("hash", hash.bytes())
                .query((row, number) -> new Opened(
                        row.getObject("id", UUID.class),
                        new WorkspaceId(row.getObject("workspace_id", UUID.class)),
                        row.getString("email"),
                        Role.ofWireName(row.getString("role")),
                        row.getString("invited_by")))
                .optional();
    }

    /** False where somebody was faster. */
    boolean accept(UUID id) {
        return jdbc.sql("""
                        update invitations set accepted_at = now(), version = version + 1
                        where id = :id and accepted_at is null and revoked_at is null and expires_at > now()""").param("id", id).update() == 1;
    }

    /** The workspace's name, while it is there. */
    Optional<String> workspaceName(WorkspaceId workspace) {
        return jdbc.sql("select name from workspaces where id = :id and deleted_at is null")
                .param("id", workspace.value())
                .query(String.class)
                .optional();
    }

    private static Invitation invitation(ResultSet row, int number) throws SQLException {
        return new Invitation(
                row.getObject("id", UUID.class),
                row.getString("email"),
                Role.ofWireName(row.getString("role")),
                row.getString("invited_by"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                row.getString("state"),
                row.getString("trouble"));
    }

    record Opened(UUID id, WorkspaceId workspace, String email, Role role, String invitedBy) {}
}
