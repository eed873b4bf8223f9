package io.rateguard.console.workspaces;

import io.rateguard.console.problem.Problem;
import io.rateguard.console.security.Caller;
import io.rateguard.console.security.CurrentCaller;
import io.rateguard.console.security.Tenancy;
import java.util.List;
import org.springframework.stereotype.Service;

/** The workspaces of the caller; those of others do not exist for them. */
@Service
public class Workspaces {

    private final CurrentCaller callers;
    private final Tenancy tenancy;
    private final WorkspaceRepository rows;

    Workspaces(CurrentCaller callers, Tenancy tenancy, WorkspaceRepository rows) {
        this.callers = callers;
        this.tenancy = tenancy;
        this.rows = rows;
    }

    public List<Workspace> visible() {
        return switch (callers.get()) {
            case Caller.Token token -> tenancy.in(token.workspace(), this::all);
            case Caller.Person person -> tenancy.as(person.user(), this::all);
        };
    }

    public Workspace require(String slug) {
        return visible().stream()
                .filter(workspace -> workspace.slug().equals(slug))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("workspace: " + slug + " (expected: one this caller belongs to)"));
    }

    private List<Workspace> all() {
        return rows.findAllByDeletedAtIsNullOrderBySlug().stream()
                .map(WorkspaceEntity::toWorkspace)
                .toList();
    }
}
