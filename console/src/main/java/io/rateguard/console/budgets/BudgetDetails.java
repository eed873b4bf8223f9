package io.rateguard.console.budgets;

import io.rateguard.analytics.question.BudgetCourse;
import io.rateguard.console.budgets.Budgets.Level;
import io.rateguard.console.budgets.Budgets.Saved;
import io.rateguard.console.common.Patience;
import io.rateguard.console.problem.Problem;
import io.rateguard.console.rest.Fields;
import io.rateguard.console.workspaces.WorkspaceSettings;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.limit.LimitShapes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.springframework.stereotype.Service;
import tools.jackson.databind.node.JsonNodeFactory;

/** How one budget stands, in detail: only of budgets that count all together, since others have many counters. */
@Service
public class BudgetDetails {

    /** So many holds are read at once. */
    public static final int MOST_HOLDS = 1_000;

    private final Budgets budgets;
    private final BudgetFigures figures;
    private final BudgetCourse history;
    private final WorkspaceSettings settings;
    private final Clock clock;

    BudgetDetails(
            Budgets budgets, BudgetFigures figures, BudgetCourse history, WorkspaceSettings settings, Clock clock) {
        this.budgets = budgets;
        this.figures = figures;
        this.history = history;
        this.settings = settings;
        this.clock = clock;
    }

    /** What it holds now, and for which requests. */
    public BudgetHolds holds(WorkspaceId workspace, String id) {
        Saved saved = read(workspace, id);
        Level level = saved.level();
        if (level == null) {
            throw unknown();
        }
        return figures.holds(workspace, saved.budget(), MOST_HOLDS)
                .map(several -> BudgetHolds.of(level.held(), several))
                .orElseThrow(BudgetDetails::unknown);
    }

    /** How its present window is being spent. */
    public Burndown burndown(WorkspaceId workspace, String id) {
        Saved saved = read(workspace, id);
        Instant now = clock.instant();
        int keptDays = settings.read(workspace).retentionDays();
        // By whole days, as it is removed.
        Instant kept = now.truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(keptDays));
        Burndown.Range range = Burndown.Range.of(saved, kept, now);
        return Burndown.of(saved, range, charged(workspace, saved, range, now), now);
    }

    private List<BudgetCourse.Step> charged(WorkspaceId workspace, Saved saved, Burndown.Range range, Instant now) {
        return Patience.ifSoon(
                        "burndown", () -> history.ask(workspace, saved.budget().id(), range.from(), now, range.step()))
                .orElseThrow(() -> Problem.unavailable("the request history does not answer; try again"));
    }

    private Saved read(WorkspaceId workspace, String id) {
        Saved saved = budgets.read(workspace, id);
        Fields.requireSame(
                "per",
                LimitShapes.json(saved.budget().per()),
                JsonNodeFactory.instance.arrayNode(),
                "a budget that counts all together");
        return saved;
    }

    private static Problem unknown() {
        return Problem.unavailable("the live counters do not answer, so what is held is not known now; try again");
    }
}
