package io.rateguard.alerts.evaluation;

import io.rateguard.alerts.rule.TimedRule;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What timed rules came upon, in PostgreSQL: begun once and ended once, whoever judges, each written together with the
 * deliveries that tell of it.
 */
public final class Incidents {

    private final JdbcClient database;
    private final TransactionTemplate transactions;

    public Incidents(JdbcClient database, TransactionTemplate transactions) {
        this.database = database;
        this.transactions = transactions;
    }

    /** Writes down what has changed by these measures; returns how much that is. */
    int record(TimedRule rule, List<Measure> measures, Instant at) {
        Integer changes = transactions.execute(transaction -> {
            Set<String> open = new HashSet<>(open(rule));
            int changed = 0;
            for (Measure each : measures) {
                boolean isOpen = open.remove(each.subject());
                changed += switch (each.judged(rule.minimum())) {
                    case RAISED -> isOpen ? 0 : begin(rule, each, at);
                    case BETWEEN -> 0;
                    case CALM -> isOpen ? end(rule, each, at) : 0;
                };
            }
            for (String gone : open) {
                changed += end(rule, Measure.nothing(gone), at);
            }
            return changed;
        });
        return changes == null ? 0 : changes;
    }

    private List<String> open(TimedRule rule) {
        return database.sql("SELECT subject FROM incidents WHERE rule_id = :rule AND closed_at IS NULL")
                .param("rule", rule.id())
                .query((row, number) -> row.getString("subject"))
                .list();
    }

    /** One that this look would begin within the time of one that is over is old news. */
    private int begin(TimedRule rule, Measure measure, Instant at) {
        Optional<UUID> begun = database.sql("""
                        INSERT INTO incidents (workspace_id, rule_id, subject, subject_name, opened_at, value, threshold, volume)
                        SELECT :workspace, :rule, :subject, :name, :at, :value, :threshold, :volume
                        WHERE NOT EXISTS (SELECT FROM incidents
                                          WHERE rule_id = :rule AND subject = :subject AND closed_at >= :at)
                        ON CONFLICT DO NOTHING RETURNING id""")
                .param("workspace", rule.workspace().value())
                .param("rule", rule.id())
                .param("subject", measure.subject())
                .param("name", measure.name())
                .param("at", OffsetDateTime.ofInstant(at, ZoneOffset.UTC))
                .param("value", measure.value())
                .param("threshold", measure.threshold())
                .param("volume", measure.volume())
                .query(UUID.class)
                .optional();
        begun.ifPresent(id -> queue(id, false));
        return begun.isPresent() ? 1 : 0;
    }

    /** One that began later than this look, by another service's clock, is left to the next. */
    private int end(TimedRule rule, Measure measure, Instant at) {
        Optional<UUID> ended = database.sql("""
                        UPDATE incidents SET closed_at = :at, closed_value = :value, version = version + 1
                        WHERE rule_id = :rule AND subject = :subject AND closed_at IS NULL AND opened_at < :at
                        RETURNING id""")
                .param("at", OffsetDateTime.ofInstant(at, ZoneOffset.UTC))
                .param("value", measure.value())
                .param("rule", rule.id())
                .param("subject", measure.subject())
                .query(UUID.class)
                .optional();
        if (rule.kind().tellsRecovery()) {
            ended.ifPresent(id -> queue(id, true));
        }
        return ended.isPresent() ? 1 : 0;
    }

    private void queue(UUID incident, boolean recovery) {
        database.sql("""
                        INSERT INTO deliveries (workspace_id, incident_id, recovery, channel_id)
                        SELECT i.workspace_id, i.id, :recovery, ch.id
                        FROM incidents i
                        JOIN alert_rules r ON r.id = i.rule_id
                        JOIN channels ch ON ch.workspace_id = i.workspace_id AND ch.id = ANY (r.channel_ids)
                        WHERE i.id = :incident AND ch.deleted_at IS NULL
                          AND (r.muted_until IS NULL OR r.muted_until <= now())
                          AND (NOT :recovery OR EXISTS (SELECT FROM deliveries d
                                                        WHERE d.incident_id = i.id AND d.channel_id = ch.id))
                        ON CONFLICT DO NOTHING""")
                .param("recovery", recovery)
                .param("incident", incident)
                .update();
    }
}
