package io.rateguard.console.security;

import io.rateguard.domain.id.UserId;
import io.rateguard.domain.id.WorkspaceId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who founds a workspace, and how many they have. */
@Component
public class Memberships {

    private final JdbcClient jdbc;

    Memberships(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Must run inside a transaction of the user. */
    public long owned(UserId user) {
        return jdbc.sql("""
                        select count(*) from memberships m join workspaces w on w.id = m.workspace_id
                        where m.user_id = :user and m.role = :role and w.deleted_at is null""")
                .param("user", user.value())
                .param("role", Role.OWNER.wireName())
                .query(Long.class)
                .single();
    }

    /** Its first owner; must run inside a transaction of the workspace. */
    public void found(WorkspaceId workspace, UserId founder) {
        jdbc.sql("insert into memberships (workspace_id, user_id, role) values (:workspace, :user, :role)")
                .param("workspace", workspace.value())
                .param("user", founder.value())
                .param("role", Role.OWNER.wireName())
                .update();
    }
}
