package io.rateguard.console.alerts;

import io.rateguard.console.apis.Apis;
import io.rateguard.console.budgets.Budgets;
import io.rateguard.console.keys.Keys;
import io.rateguard.console.problem.Problem;
import io.rateguard.console.rest.Fields;
import io.rateguard.console.rest.Page;
import io.rateguard.console.rest.PageRequest;
import io.rateguard.console.rest.RowIds;
import io.rateguard.console.rest.SeenVersion;
import io.rateguard.console.security.Access;
import io.rateguard.console.security.Action;
import io.rateguard.console.security.Tenancy;
import io.rateguard.domain.alert.AlertKind;
import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.WorkspaceId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** What can be done with alert rules. */
@Service
public class AlertRules {

    private static final int MOST_CHANNELS = 20;

    private final Access access;
    private final Tenancy tenancy;
    private final AlertRuleRepository rows;
    private final Channels channels;
    private final Budgets budgets;
    private final Apis apis;
    private final Keys keys;

    AlertRules(
            Access access,
            Tenancy tenancy,
            AlertRuleRepository rows,
            Channels channels,
            Budgets budgets,
            Apis apis,
            Keys keys) {
        this.access = access;
        this.tenancy = tenancy;
        this.rows = rows;
        this.channels = channels;
        this.budgets = budgets;
        this.apis = apis;
        this.keys = keys;
    }

    public AlertRule create(WorkspaceId workspace, NewAlertRule wanted) {
        access.require(workspace, Action.EDIT_ALERTS);
        NewAlertRule.When when = Fields.require("when", wanted.when());
        AlertKind kind = Whens.kind(when);
        AlertRuleEntity row = new AlertRuleEntity();
        row.id = RowIds.next();
        row.workspaceId = workspace.value();
        row.name = Fields.requireName("name", wanted.name());
        row.type = kind.wireName();
        row.percent = Whens.percent(kind, when.percent());
        row.millis = Whens.millis(kind, when.millis());
        row.windowSeconds = Whens.windowSeconds(kind, when.windowSeconds());
        row.minimum = Whens.minimum(kind, when.minimum());
        if (when.subject() != null) {
            narrow(row, kind, when.subject());
        }
        row.channelIds = channelIds(wanted.channels());
        row.createdAt = RowIds.now();
        return tenancy.in(workspace, () -> {
            requireKnown(workspace, kind, row);
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

    /** What the rule comes upon until then is written down and told nobody. */
    public AlertRule mute(WorkspaceId workspace, String id, @Nullable Instant until) {
        access.require(workspace, Action.EDIT_ALERTS);
        if (until != null) {
            Fields.requireStorable("until", until);
        }
        return tenancy.in(workspace, () -> {
            AlertRuleEntity row = require(workspace, id);
            row.mutedUntil = until;
            return rule(rows.save(row));
        });
    }

    public void delete(WorkspaceId workspace, String id, SeenVersion seen) {
        access.require(workspace, Action.EDIT_ALERTS);
        tenancy.in(workspace, () -> {
            AlertRuleEntity row = require(workspace, id);
            seen.require(row.version);
            row.deletedAt = RowIds.now();
            return true;
        });
    }

    private static void narrow(AlertRuleEntity row, AlertKind kind, String subject) {
        switch (kind.subject()) {
            case BUDGET -> row.budgetId = id("when.subject", subject, "budget");
            case KEY -> row.subject = id("when.subject", subject, "key").toString();
            case API, MODEL -> row.subject = Fields.requireName("when.subject", subject);
        }
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

    /** A rule on what there is not would silently never tell. */
    private void requireKnown(WorkspaceId workspace, AlertKind kind, AlertRuleEntity row) {
        for (UUID channel : row.channelIds) {
            channels.requireExists(workspace, "channels", channel);
        }
        if (row.subject != null) {
            switch (kind.subject()) {
                case API -> apis.requireSlugs(workspace, "when.subject", List.of(row.subject));
                case KEY ->
                    row.subject = keys.requireLine(workspace, "when.subject", ApiKeyId.of(row.subject))
                            .toString();
                case MODEL, BUDGET -> {}
            }
        }
        if (row.budgetId == null) {
            return;
        }
        Budget budget = budgets.requireExists(workspace, "when.subject", new BudgetId(row.budgetId));
        List<Integer> watched = budget.ladder().watchedPercents();
        if (kind == AlertKind.BUDGET_THRESHOLD && row.percent != null && !watched.contains(row.percent)) {
            throw Problem.invalid("when.percent: " + row.percent + " (expected: a threshold of the budget, which has "
                    + watched + ")");
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
                AlertKind.ofWireName(row.type).orElseThrow(),
                row.budgetId == null ? row.subject : row.budgetId.toString(),
                row.percent,
                row.millis,
                row.windowSeconds,
                row.minimum,
                row.mutedUntil,
                List.of(row.channelIds),
                row.createdAt,
                row.version == null ? 0 : row.version);
    }

    /**
     * @param subject null: all of them
     * @param percent null: every threshold of the ladder, or the type's own
     */
    public record AlertRule(
            UUID id,
            String name,
            AlertKind kind,
            @Nullable String subject,
            @Nullable Integer percent,
            @Nullable Integer millis,
            @Nullable Integer windowSeconds,
            @Nullable Integer minimum,
            @Nullable Instant mutedUntil,
            List<UUID> channels,
            Instant createdAt,
            int version) {}
}
