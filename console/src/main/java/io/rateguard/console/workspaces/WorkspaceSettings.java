package io.rateguard.console.workspaces;

import io.rateguard.console.problem.Problem;
import io.rateguard.console.rest.Fields;
import io.rateguard.console.security.Access;
import io.rateguard.console.security.Action;
import io.rateguard.console.security.Tenancy;
import io.rateguard.domain.id.WorkspaceId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** What a workspace keeps for how long, and its end. */
@Service
public class WorkspaceSettings {

    /** Of a new workspace. */
    static final int USUAL_DAYS = 400;

    private static final int MOST_DAYS = 3_650;

    private final Access access;
    private final Tenancy tenancy;
    private final WorkspaceRepository rows;
    private final Clock clock;

    WorkspaceSettings(Access access, Tenancy tenancy, WorkspaceRepository rows, Clock clock) {
        this.access = access;
        this.tenancy = tenancy;
        this.rows = rows;
        this.clock = clock;
    }

    /** @param retentionDays for how long single requests are kept */
    public record Settings(int retentionDays) {}

    /** Settings as someone wants them. */
    public record NewSettings(@Nullable Integer retentionDays) {}

    public Settings read(WorkspaceId workspace) {
        access.require(workspace, Action.READ);
        return with(workspace, row -> new Settings(row.retentionDays));
    }

    /** Before when these settings would have single requests removed for good; nothing where they keep as many or more. */
    public Optional<Instant> removesBefore(WorkspaceId workspace, NewSettings wanted) {
        access.require(workspace, Action.ADMINISTER);
        int days = days(wanted);
        Instant kept = clock.instant().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(days));
        return with(workspace, row -> days < row.retentionDays ? Optional.of(kept) : Optional.empty());
    }

    public Settings change(WorkspaceId workspace, NewSettings wanted) {
        access.require(workspace, Action.ADMINISTER);
        int days = days(wanted);
        return with(workspace, row -> {
            row.retentionDays = days;
            return new Settings(days);
        });
    }

    /** Its keys are dead at once; what was recorded of it is removed in the background. There is no way back. */
    public void delete(WorkspaceId workspace) {
        access.require(workspace, Action.DELETE_WORKSPACE);
        var _ = with(workspace, row -> row.deletedAt = clock.instant());
    }

    private static int days(NewSettings wanted) {
        int days = Fields.require("retentionDays", wanted.retentionDays());
        if (days < 1 || days > MOST_DAYS) {
            throw Problem.invalid("retentionDays: " + days + " (expected: 1 to " + MOST_DAYS + ")");
        }
        return days;
    }

    private <T> T with(WorkspaceId workspace, Function<WorkspaceEntity, T> work) {
        return tenancy.in(
                workspace,
                () -> rows.findByIdAndDeletedAtIsNull(workspace.value())
                        .map(work)
                        .orElseThrow(() -> Problem.notFound("workspace: not found")));
    }
}
