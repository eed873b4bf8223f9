package io.rateguard.alerts.rule;

import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.budget.BudgetPeriod;
import io.rateguard.domain.budget.BudgetScope;
import io.rateguard.domain.budget.FiscalYear;
import io.rateguard.domain.budget.Increase;
import io.rateguard.domain.budget.Ladder;
import io.rateguard.domain.budget.LadderShapes;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.key.KeyLines;
import io.rateguard.domain.limit.LimitShapes;
import io.rateguard.domain.money.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** The budgets in PostgreSQL that a rule may watch. */
public final class WatchedBudgets {

    private final JdbcClient database;

    public WatchedBudgets(JdbcClient database) {
        this.database = database;
    }

    /** Without those that count apart: which values there are, only those who settle know, and they tell. */
    public List<WatchedBudget> all() {
        Map<BudgetId, List<Increase>> increases = increases();
        return database.sql("""
                        SELECT b.id, b.workspace_id, b.name, b.scope_type, b.scope_value, b.amount_nanos, b.period, b.zone,
                               b.fiscal_year_start, b.shutoff, b.estimate, b.ladder
                        FROM budgets b JOIN workspaces w ON w.id = b.workspace_id
                        WHERE b.deleted_at IS NULL AND w.deleted_at IS NULL AND b.per = '[]'
                          AND EXISTS (SELECT FROM alert_rules r
                                      WHERE r.workspace_id = b.workspace_id AND r.deleted_at IS NULL)
                        ORDER BY b.workspace_id, b.id""").query((row, number) -> watched(row, increases)).list();
    }

    /** Of those of these that there are. */
    public Map<BudgetId, Ladder> ladders(Collection<BudgetId> budgets) {
        Map<BudgetId, Ladder> ladders = new HashMap<>();
        database.sql("SELECT id, ladder FROM budgets WHERE id IN (:budgets) AND deleted_at IS NULL")
                .param(
                        "budgets",
                        Set.copyOf(budgets.stream().map(BudgetId::value).toList()))
                .query((RowCallbackHandler)
                        row -> ladders.put(new BudgetId(row.getObject("id", UUID.class)), ladder(row)));
        return ladders;
    }

    /** Every budget of a workspace, by when it was made. */
    public Map<Budget, Instant> ofWorkspace(WorkspaceId workspace) {
        Map<Budget, Instant> budgets = new LinkedHashMap<>();
        database.sql("""
                        SELECT b.id, b.workspace_id, b.name, b.scope_type, b.scope_value, b.amount_nanos, b.period, b.zone,
                               b.fiscal_year_start, b.shutoff, b.estimate, b.ladder, b.per, b.created_at
                        FROM budgets b
                        WHERE b.deleted_at IS NULL AND b.workspace_id = :workspace
                        ORDER BY b.id""").param("workspace", workspace.value()).query((RowCallbackHandler) row -> budgets.put(
                watched(row, Map.of())
                        .budget()
                        .with(LimitShapes.per(JsonMapper.shared().readTree(row.getString("per")))),
                row.getTimestamp("created_at").toInstant()));
        return budgets;
    }

    /** Which keys of a workspace its budgets count as one. */
    public KeyLines keyLines(WorkspaceId workspace) {
        Map<ApiKeyId, ApiKeyId> lines = new HashMap<>();
        database.sql("SELECT id, line_id FROM api_keys WHERE workspace_id = :workspace AND line_id IS NOT NULL")
                .param("workspace", workspace.value())
                .query((RowCallbackHandler) row -> lines.put(
                        new ApiKeyId(row.getObject("id", UUID.class)),
                        new ApiKeyId(row.getObject("line_id", UUID.class))));
        return new KeyLines(lines);
    }

    /** The workspaces that there are. */
    public List<WorkspaceId> workspaces() {
        return database.sql("SELECT id FROM workspaces WHERE deleted_at IS NULL ORDER BY id")
                .query((row, number) -> new WorkspaceId(row.getObject("id", UUID.class)))
                .list();
    }

    private Map<BudgetId, List<Increase>> increases() {
        Map<BudgetId, List<Increase>> increases = new HashMap<>();
        database.sql("""
                        SELECT budget_id, amount_nanos, ends_at FROM budget_increases
                        WHERE ends_at > now() - interval '5 minutes'""").query(row -> {
            increases
                    .computeIfAbsent(new BudgetId(row.getObject("budget_id", UUID.class)), first -> new ArrayList<>())
                    .add(new Increase(
                            Money.ofNanos(row.getLong("amount_nanos")),
                            row.getTimestamp("ends_at").toInstant()));
        });
        return increases;
    }

    private static Ladder ladder(ResultSet row) throws SQLException {
        return LadderShapes.ladder(JsonMapper.shared().readTree(row.getString("ladder")));
    }

    private static WatchedBudget watched(ResultSet row, Map<BudgetId, List<Increase>> increases) throws SQLException {
        Budget budget = new Budget(
                new BudgetId(row.getObject("id", UUID.class)),
                row.getString("name"),
                new BudgetScope(BudgetScope.Type.ofWireName(row.getString("scope_type")), row.getString("scope_value")),
                Money.ofNanos(row.getLong("amount_nanos")),
                BudgetPeriod.ofWireName(row.getString("period")),
                ZoneId.of(row.getString("zone")),
                row.getBoolean("shutoff"),
                Budget.Estimate.ofWireName(row.getString("estimate")),
                ladder(row));
        return new WatchedBudget(
                new WorkspaceId(row.getObject("workspace_id", UUID.class)),
                budget.with(FiscalYear.ofWireName(row.getString("fiscal_year_start")))
                        .increased(increases.getOrDefault(budget.id(), List.of())));
    }
}
