package io.rateguard.console.alerts;

import io.rateguard.console.budgets.Budgets;
import io.rateguard.console.problem.Problem;
import io.rateguard.console.rest.Fields;
import io.rateguard.console.rest.NotYet;
import io.rateguard.console.rest.Page;
import io.rateguard.console.rest.PageRequest;
import io.rateguard.console.rest.RowIds;
import io.rateguard.console.security.Access;
import io.rateguard.console.security.Action;
import io.rateguard.console.security.Tenancy;
import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.budget.Ladder;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.WorkspaceId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** What can be done with alert rules. */
@Service
public class AlertRules {

    static final String BUDGET_THRESHOLD = "budget-threshold";

    private static final Set<String> NOT_YET = Set.of(
            "forecast",
            "spike",
            "error-rate",
            "latency",
            "refusals",
            "key-expiring",
            "unpriced",
            "degraded",
            "upstream-failing");
    private static final int MOST_CHANNELS = 20;

    private final Access access;
    private final Tenancy tenancy;
    private final AlertRuleRepository rows;
    private final Channels channels;
    private final Budgets budgets;

    AlertRules(Access access, Tenancy tenancy, AlertRuleRepository rows, Channels channels, Budgets budgets) {
        this.access = access;
        this.tenancy = tenancy;
        this.rows = rows;
        this.channels = channels;
        this.budgets = budgets;
    }

    public AlertRule create(WorkspaceId workspace, NewAlertRule wanted) {
        access.require(workspace, Action.EDIT_ALERTS);
        NewAlertRule.When when = Fields.require("when", wanted.when());
        requireSupported(when);
        AlertRuleEntity row = new AlertRuleEntity();
        row.id = RowIds.next();
        row.workspaceId = workspace.value();
        row.name = Fields.requireName("name", wanted.name());
        row.type = BUDGET_THRESHOLD;
        row.budgetId = when.subject() == null ? null : id("when.subject", when.subject(), "budget");
        row.percent = percent(when.percent());
        row.channelIds = channelIds(wanted.channels());
        row.createdAt = RowIds.now();
        return tenancy.in(workspace, () -> {
            requireKnown(workspace, row);
            return rule(rows.save(row));
        });
    }

    public Page<AlertRule> list(WorkspaceId workspace, PageRequest request) {
        access.require(workspace, Action.READ);
        return tenancy.in(
                workspace,
                () -> Page.of(
                        rows.page(workspace.value(), request.after(), request.fetch()),
                        request,
                        row -> row.id,
                        AlertRules::rule));
    }

    public AlertRule read(WorkspaceId workspace, String id) {
        access.require(workspace, Action.READ);
        return tenancy.in(workspace, () -> rule(require(workspace, id)));
    }

    public void delete(WorkspaceId workspace, String id) {
        access.require(workspace, Action.EDIT_ALERTS);
        tenancy.in(workspace, () -> {
            require(workspace, id).deletedAt = RowIds.now();
            return true;
        });
    }

    private static void requireSupported(NewAlertRule.When when) {
        String type = Fields.require("when.type", when.type());
        if (NOT_YET.contains(type)) {
            throw Problem.notSupported("when.type: " + type + " not supported yet (expected: budget-threshold)");
        }
        if (!type.equals(BUDGET_THRESHOLD)) {
            throw Problem.invalid("when.type: " + type + " (expected: budget-threshold)");
        }
        NotYet.refuse("when.windowSeconds", when.windowSeconds());
        NotYet.refuse("when.minimum", when.minimum());
    }

    private static @Nullable Integer percent(@Nullable Integer percent) {
        if (percent != null && (percent < 1 || percent > Ladder.MOST_PERCENT)) {
            throw Problem.invalid("when.percent: " + percent + " (expected: 1 to " + Ladder.MOST_PERCENT + ")");
        }
        return percent;
    }

    private static UUID[] channelIds(@Nullable List<String> wanted) {
        UUID[] ids = Fields.require("channels", wanted).stream()
                .map(text -> id("channels", text, "channel"))
                .distinct()
                .toArray(UUID[]::new);
        if (ids.length == 0 || ids.length > MOST_CHANNELS) {
            throw Problem.invalid("channels: " + ids.length + " (expected: 1 to " + MOST_CHANNELS + ")");
        }
        return ids;
    }

    private static UUID id(String field, @Nullable String text, String what) {
        try {
            return UUID.fromString(String.valueOf(text));
        } catch (IllegalArgumentException notAnId) {
            throw Problem.invalid(field + ": " + text + " (expected: the id of a " + what + ")");
        }
    }

    /** A rule on a threshold that its budget does not have would silently never tell. */
    private void requireKnown(WorkspaceId workspace, AlertRuleEntity row) {
        for (UUID channel : row.channelIds) {
            channels.requireExists(workspace, "channels", channel);
        }
        if (row.budgetId == null) {
            return;
        }
        Budget budget = budgets.requireExists(workspace, "when.subject", new BudgetId(row.budgetId));
        List<Integer> ladder = budget.ladder().alertPercents();
        if (ladder.isEmpty() || row.percent != null && !ladder.contains(row.percent)) {
            throw Problem.invalid("when.percent: " + row.percent + " (expected: a threshold of the budget, which has "
                    + (ladder.isEmpty() ? "none" : ladder) + ")");
        }
    }

    private AlertRuleEntity require(WorkspaceId workspace, String id) {
        return rows.find(workspace.value(), Fields.pathId("alert rule", id))
                .orElseThrow(
                        () -> Problem.notFound("alert rule: " + id + " (expected: the id of one in this workspace)"));
    }

    private static AlertRule rule(AlertRuleEntity row) {
        return new AlertRule(
                row.id,
                row.name,
                row.budgetId,
                row.percent,
                List.of(row.channelIds),
                row.createdAt,
                row.version == null ? 0 : row.version);
    }

    /**
     * @param budget null: every budget
     * @param percent null: every threshold of the ladder
     */
    public record AlertRule(
            UUID id,
            String name,
            @Nullable UUID budget,
            @Nullable Integer percent,
            List<UUID> channels,
            Instant createdAt,
            int version) {}
}
