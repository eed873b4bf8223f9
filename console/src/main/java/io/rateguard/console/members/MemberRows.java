package io.rateguard.console.members;

import io.rateguard.console.rest.PageRequest;
import io.rateguard.console.security.Role;
import io.rateguard.domain.id.UserId;
import io.rateguard.domain.id.WorkspaceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Rows of {@code memberships} with their {@code users}; all of it must run inside a transaction of the workspace. */
@Component
class MemberRows {

    private static final String MEMBERS = """
            select m.id, m.user_id, u.email, u.name, m.role, m.created_at
            from memberships m join users u on u.id = m.user_id where m.workspace_id = :workspace and\s""";

    private final JdbcClient jdbc;

    MemberRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Member> page(WorkspaceId workspace, PageRequest request) {
        return jdbc.sql(MEMBERS + "m.id > :after order by m.id limit :limit")
                .param("workspace", workspace.value())
                .param("after", request.after())
                .param("limit", request.fetch().max())
                .query(MemberRows::member)
                .list();
    }

    Optional<Member> find(WorkspaceId workspace, UUID id) {
        return jdbc.sql(MEMBERS + "m.id = :id")
                .param("workspace", workspace.value())
                .param("id", id)
                .query(MemberRows::member)
                .optional();
    }

    boolean has(WorkspaceId workspace, String email) {
        return jdbc.sql(MEMBERS + "lower(u.email) = lower(:email)")
                .param("workspace", workspace.value())
                .param("email", email)
                .query(MemberRows::member)
                .optional()
                .isPresent();
    }

    /** Whoever is one already keeps their role. */
    void add(WorkspaceId workspace, UserId user, Role role) {
        jdbc.sql("insert into memberships (workspace_id, user_id, role) values (:workspace, :user, :role)"
                        + " on conflict (workspace_id, user_id) do nothing")
                .param("workspace", workspace.value())
                .param("user", user.value())
                .param("role", role.wireName())
                .update();
    }

    /** Those who own the workspace now, and until the end of the transaction. */
    List<UUID> lockOwners(WorkspaceId workspace) {
        return jdbc.sql(
                        "select id from memberships where workspace_id = :workspace and role = :role order by id for update")
                .param("workspace", workspace.value())
                .param("role", Role.OWNER.wireName())
                .query((row, number) -> row.getObject("id", UUID.class))
                .list();
    }

    void setRole(UUID id, Role role) {
        jdbc.sql("update memberships set role = :role, version = version + 1 where id = :id")
                .param("role", role.wireName())
                .param("id", id)
                .update();
    }

    void delete(UUID id) {
        jdbc.sql("delete from memberships where id = :id").param("id", id).update();
    }

    private static Member member(ResultSet row, int number) throws SQLException {
        return new Member(
                row.getObject("id", UUID.class),
                row.getObject("user_id", UUID.class),
                row.getString("email"),
                row.getString("name"),
                Role.ofWireName(row.getString("role")),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
