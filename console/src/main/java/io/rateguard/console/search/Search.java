package io.rateguard.console.search;

import io.rateguard.console.search.Found.Kind;
import io.rateguard.console.security.Access;
import io.rateguard.console.security.Action;
import io.rateguard.console.security.Tenancy;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.id.WorkspaceId;
import java.util.List;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Finds APIs, keys, budgets, limits and members by a part of their names, and a request by its id. */
@Service
public class Search {

    private static final int MOST = 10;

    private static final String NAMES = """
            select kind, name, detail from (
              select 'api' as kind, name, slug as detail from apis
              where workspace_id = :workspace and deleted_at is null
              union all
              select 'key', name, prefix || '…' from api_keys
              where workspace_id = :workspace and successor_id is null and lent_for is null
              union all
              select 'budget', name, '' from budgets where workspace_id = :workspace and deleted_at is null
              union all
              select 'limit', name, '' from limits where workspace_id = :workspace and deleted_at is null
              union all
              select 'member', u.name, u.email from memberships m join users u on u.id = m.user_id
              where m.workspace_id = :workspace
            ) as named
            where strpos(lower(name), :text) > 0 or strpos(lower(detail), :text) > 0
            order by strpos(lower(name), :text) <> 1, lower(name), kind, detail
            limit :most""";

    private final Access access;
    private final Tenancy tenancy;
    private final JdbcClient jdbc;

    Search(Access access, Tenancy tenancy, JdbcClient jdbc) {
        this.access = access;
        this.tenancy = tenancy;
        this.jdbc = jdbc;
    }

    /** What has this text in its name, in any case; what begins with it first. */
    public List<Found> find(WorkspaceId workspace, String text) {
        access.require(workspace, Action.READ);
        String wanted = text.strip();
        // No name has a NUL in it, and PostgreSQL takes no text that has.
        if (wanted.isEmpty() || wanted.indexOf('\0') >= 0) {
            return List.of();
        }
        return isRequest(wanted)
                ? List.of(new Found(Kind.REQUEST, wanted, ""))
                : named(workspace, wanted.toLowerCase(Locale.ROOT));
    }

    private List<Found> named(WorkspaceId workspace, String wanted) {
        return tenancy.in(
                workspace,
                () -> jdbc.sql(NAMES)
                        .param("workspace", workspace.value())
                        .param("text", wanted)
                        .param("most", MOST)
                        .query((row, number) -> new Found(
                                Kind.ofWireName(row.getString("kind")), row.getString("name"), row.getString("detail")))
                        .list());
    }

    /** Whether there is such a request, its screen says. */
    private static boolean isRequest(String text) {
        try {
            new RequestId(text);
            return true;
        } catch (IllegalArgumentException anythingElse) {
            return false;
        }
    }
}
