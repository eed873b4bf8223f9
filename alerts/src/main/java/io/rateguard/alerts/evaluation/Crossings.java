package io.rateguard.alerts.evaluation;

import io.rateguard.alerts.rule.AlertRule;
import io.rateguard.alerts.rule.AlertRules;
import io.rateguard.alerts.rule.WatchedBudgets;
import io.rateguard.domain.budget.Ladder;
import io.rateguard.domain.id.BudgetId;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The crossings in PostgreSQL, each once, written together with the deliveries that tell of it. */
public final class Crossings {

    private final JdbcClient database;
    private final TransactionTemplate transactions;
    private final AlertRules rules;
    private final WatchedBudgets budgets;
    private final Clock clock;

    public Crossings(
            JdbcClient database,
            TransactionTemplate transactions,
            AlertRules rules,
            WatchedBudgets budgets,
            Clock clock) {
        this.database = database;
        this.transactions = transactions;
        this.rules = rules;
        this.budgets = budgets;
        this.clock = clock;
    }

    /** Records what is new of these; returns how many that are. */
    public int record(List<Reached> reached, Source source) {
        if (reached.isEmpty()) {
            return 0;
        }
        List<AlertRule> watching =
                rules.of(reached.stream().map(Reached::workspace).toList());
        Map<BudgetId, Ladder> ladders =
                budgets.ladders(reached.stream().map(Reached::budget).toList());
        List<Crossing> crossings = Evaluation.crossings(watching, ladders, reached, clock.millis());
        if (crossings.isEmpty()) {
            return 0;
        }
        Integer recorded = transactions.execute(transaction -> record(source, crossings));
        return recorded == null ? 0 : recorded;
    }

    private int record(Source source, List<Crossing> crossings) {
        List<UUID> added = new ArrayList<>();
        crossings.forEach(crossing -> add(crossing, source).ifPresent(added::add));
        if (!added.isEmpty()) {
            queue(added);
        }
        return added.size();
    }

    private Optional<UUID> add(Crossing crossing, Source source) {
        Reached reached = crossing.reached();
        return database.sql("""
                        INSERT INTO crossings (workspace_id, rule_id, budget_id, window_name, window_start_millis,
                          window_end_millis, percent, amount_nanos, spent_nanos, crossed_at, source)
                        VALUES (:workspace, :rule, :budget, :window, :start, :end, :percent, :amount, :spent, :at, :source)
                        ON CONFLICT ON CONSTRAINT uq_crossings_once DO NOTHING RETURNING id""")
                .param("workspace", reached.workspace().value())
                .param("rule", crossing.rule())
                .param("budget", reached.budget().value())
                .param("window", reached.window().name())
                .param("start", reached.window().startMillis())
                .param("end", reached.window().endMillis())
                .param("percent", reached.percent())
                .param("amount", reached.amountNanos())
                .param("spent", reached.spentNanos())
                .param("at", OffsetDateTime.ofInstant(Instant.ofEpochMilli(reached.atMillis()), ZoneOffset.UTC))
                .param("source", source.wireName())
                .query(UUID.class)
                .optional();
    }

    /**
     * Of several thresholds that one window has come to, a channel is told the highest, once: it says all that the
     * others, and other rules, would.
     */
    private void queue(List<UUID> added) {
        database.sql("""
                        INSERT INTO deliveries (workspace_id, crossing_id, channel_id)
                        SELECT c.workspace_id, c.id, ch.id
                        FROM crossings c
                        JOIN alert_rules r ON r.id = c.rule_id
                        JOIN channels ch ON ch.workspace_id = c.workspace_id AND ch.id = ANY (r.channel_ids)
                        WHERE c.id IN (:added) AND ch.deleted_at IS NULL
                          AND (r.muted_until IS NULL OR r.muted_until <= now())
                          AND NOT EXISTS (SELECT FROM crossings o JOIN alert_rules told ON told.id = o.rule_id
                                          WHERE o.budget_id = c.budget_id AND o.window_name = c.window_name
                                            AND o.amount_nanos = c.amount_nanos
                                            AND (o.percent > c.percent OR o.percent = c.percent AND o.id < c.id)
                                            AND ch.id = ANY (told.channel_ids) AND told.deleted_at IS NULL
                                            AND (told.muted_until IS NULL OR told.muted_until <= now()))
                        ON CONFLICT DO NOTHING""").param("added", added).update();
    }
}
