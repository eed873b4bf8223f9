package io.rateguard.console.workspaces;

import io.rateguard.console.problem.Problem;
import io.rateguard.console.rest.Fields;
import io.rateguard.console.rest.RowIds;
import io.rateguard.console.security.Access;
import io.rateguard.console.security.Action;
import io.rateguard.console.security.Caller;
import io.rateguard.console.security.CurrentCaller;
import io.rateguard.console.security.Memberships;
import io.rateguard.console.security.Tenancy;
import io.rateguard.counters.Counters;
import io.rateguard.domain.api.Slug;
import io.rateguard.domain.id.WorkspaceId;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** The workspaces of the caller; those of others do not exist for them. */
@Service
public class Workspaces {

    private static final Logger log = LoggerFactory.getLogger(Workspaces.class);
    private static final int MOST_OWNED = 50;
    private static final Duration COUNTERS_ANSWER_WITHIN = Duration.ofSeconds(5);

    private final CurrentCaller callers;
    private final Access access;
    private final Tenancy tenancy;
    private final WorkspaceRepository rows;
    private final Memberships memberships;
    private final Counters counters;

    Workspaces(
            CurrentCaller callers,
            Access access,
            Tenancy tenancy,
            WorkspaceRepository rows,
            Memberships memberships,
            Counters counters) {
        this.callers = callers;
        this.access = access;
        this.tenancy = tenancy;
        this.rows = rows;
        this.memberships = memberships;
        this.counters = counters;
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
                .orElseThrow(() -> notFound(slug));
    }

    /** Its owner is who asks: a person, since a token belongs to one workspace. Its time is UTC. */
    public Workspace create(NewWorkspace wanted) {
        Caller.Person founder = callers.person();
        WorkspaceEntity row = new WorkspaceEntity();
        row.id = RowIds.next();
        row.name = Fields.requireName("name", wanted.name());
        row.slug = Problem.valid(() -> Slug.require("slug", Fields.require("slug", wanted.slug())));
        row.zone = ZoneOffset.UTC.getId();
        row.retentionDays = WorkspaceSettings.USUAL_DAYS;
        row.createdAt = RowIds.now();
        Workspace made = tenancy.as(founder.user(), () -> {
            if (memberships.owned(founder.user()) >= MOST_OWNED) {
                throw Problem.conflict(
                        "too_many_workspaces", "workspaces: you own " + MOST_OWNED + " (expected: fewer)");
            }
            WorkspaceId id = new WorkspaceId(row.id);
            return tenancy.in(id, () -> {
                Workspace created = rows.saveAndFlush(row).toWorkspace();
                memberships.found(id, founder.user());
                return created;
            });
        });
        countFromNothing(made.id());
        return made;
    }

    /** So that its first request need not wait until somebody has looked whether there is anything to count. */
    private void countFromNothing(WorkspaceId created) {
        counters.rebuilds()
                .initialise(created)
                .toCompletableFuture()
                .orTimeout(COUNTERS_ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(away -> {
                    log.debug("workspace {} is counted once its first request asks for it", created, away);
                    return false;
                })
                .join();
    }

    /** Its keys are refused within a second, on every proxy, until it is resumed. */
    public Workspace suspend(String slug) {
        return change(slug, row -> {
            if (row.suspendedAt == null) {
                row.suspendedAt = RowIds.now();
            }
        });
    }

    public Workspace resume(String slug) {
        return change(slug, row -> row.suspendedAt = null);
    }

    private Workspace change(String slug, Consumer<WorkspaceEntity> change) {
        WorkspaceId id = require(slug).id();
        access.require(id, Action.ADMINISTER);
        return tenancy.in(id, () -> {
            WorkspaceEntity row = rows.findByIdAndDeletedAtIsNull(id.value()).orElseThrow(() -> notFound(slug));
            change.accept(row);
            return rows.saveAndFlush(row).toWorkspace();
        });
    }

    private static Problem notFound(String slug) {
        return Problem.notFound("workspace: " + slug + " (expected: one this caller belongs to)");
    }

    private List<Workspace> all() {
        return rows.findAllByDeletedAtIsNullOrderBySlug().stream()
                .map(WorkspaceEntity::toWorkspace)
                .toList();
    }
}
