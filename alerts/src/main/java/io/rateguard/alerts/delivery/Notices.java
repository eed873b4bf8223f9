package io.rateguard.alerts.delivery;

import io.rateguard.domain.alert.AlertKind;
import io.rateguard.domain.budget.BudgetWindow;
import io.rateguard.domain.budget.IncreaseOffer;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.letter.Letter;
import io.rateguard.domain.limit.LimitShapes;
import io.rateguard.domain.money.Money;
import io.rateguard.domain.secret.SecretBox;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Puts together what a delivery carries, from the rows as they are when it is sent. */
final class Notices {

    private final JdbcClient database;
    private final SecretBox secrets;
    private final String console;

    Notices(JdbcClient database, SecretBox secrets, URI console) {
        this.database = database;
        this.secrets = secrets;
        this.console = console.toString().replaceAll("/+$", "");
    }

    /** @throws NotDelivered when the channel is gone, or what is sealed cannot be opened */
    Outgoing of(Delivery delivery) {
        return database.sql("""
                        SELECT w.id AS workspace_id, w.name AS workspace, w.slug, ch.id AS channel_id, ch.name AS channel, ch.type, ch.target,
                          CASE WHEN ch.type = 'owners' THEN ARRAY(
                            SELECT u.email FROM memberships m JOIN users u ON u.id = m.user_id
                            WHERE m.workspace_id = w.id AND m.role = 'owner' AND u.disabled_at IS NULL
                            ORDER BY u.email) END AS owners,
                          CASE WHEN ch.type IN ('email', 'owners') THEN ARRAY(
                            SELECT lower(named.address)
                            FROM deliveries other
                            JOIN channels oc ON oc.id = other.channel_id AND oc.type = 'email' AND oc.deleted_at IS NULL
                            CROSS JOIN LATERAL jsonb_array_elements_text(oc.target -> 'to') AS named (address)
                            WHERE (other.incident_id = d.incident_id AND other.recovery = d.recovery
                                OR other.crossing_id IN (
                                  SELECT same.id FROM crossings same
                                  WHERE (same.budget_id, same.window_name, same.amount_nanos, same.percent)
                                      = (c.budget_id, c.window_name, c.amount_nanos, c.percent)))
                              AND other.state <> 'failed' AND other.id <> d.id
                              AND (ch.type = 'owners' OR other.id < d.id)) END AS told, ch.sealed, ch.deleted_at IS NOT NULL AS gone, c.id AS crossing, d.id, d.mail_to, d.letter, c.budget_id, c.percent, c.amount_nanos, c.spent_nanos,
                          c.window_name, c.window_start_millis, c.window_end_millis, b.name AS budget,
                          coalesce(b.deleted_at, r.deleted_at) IS NOT NULL AS moot, b.per, b.zone,
                          b.shutoff, d.recovery, i.subject_name, i.value, i.threshold, i.volume, i.opened_at, i.closed_at,
                          i.closed_value, r.name AS rule, r.type AS kind, r.window_seconds
                        FROM deliveries d
                        LEFT JOIN workspaces w ON w.id = d.workspace_id
                        LEFT JOIN channels ch ON ch.id = d.channel_id
                        LEFT JOIN crossings c ON c.id = d.crossing_id
                        LEFT JOIN budgets b ON b.id = c.budget_id
                        LEFT JOIN incidents i ON i.id = d.incident_id
                        LEFT JOIN alert_rules r ON r.id = coalesce(c.rule_id, i.rule_id)
                        WHERE d.id = :id""")
                .param("id", delivery.id())
                .query((row, number) -> row.getString("mail_to") == null
                        ? new Addressed(channel(row), notice(row, delivery.createdAt()))
                        : posted(row))
                .single();
    }

    private Posted posted(ResultSet row) throws SQLException {
        Letter letter = Letter.read(opened(row, "letter", "id", "the letter"));
        return new Posted(row.getString("mail_to"), letter, URI.create(console + "/" + letter.path()));
    }

    private Channel channel(ResultSet row) throws SQLException {
        if (row.getBoolean("gone")) {
            throw NotDelivered.ever("the channel has been deleted");
        }
        return switch (row.getString("type")) {
            case "email" -> {
                List<String> to = new ArrayList<>();
                JsonMapper.shared()
                        .readTree(row.getString("target"))
                        .path("to")
                        .forEach(address -> to.add(address.asString()));
                yield email(to, row);
            }
            case "owners" -> {
                List<String> owners = List.of((String[]) row.getArray("owners").getArray());
                if (owners.isEmpty()) {
                    throw NotDelivered.ever("the workspace has no owner");
                }
                yield email(owners, row);
            }
            case "slack" -> new Channel.Slack(URI.create(channelSecret(row)));
            case "webhook" -> {
                JsonNode target = JsonMapper.shared().readTree(channelSecret(row));
                yield new Channel.Webhook(
                        URI.create(target.path("url").asString()),
                        target.path("secret").asString());
            }
            default -> throw NotDelivered.now("channels of type " + row.getString("type") + " need a newer version");
        };
    }

    /** Who is told of the same by another channel is not told twice. */
    private static Channel.Email email(List<String> to, ResultSet row) throws SQLException {
        Set<String> told = new HashSet<>(List.of((String[]) row.getArray("told").getArray()));
        return new Channel.Email(to.stream()
                .filter(address -> !told.contains(address.toLowerCase(Locale.ROOT)))
                .toList());
    }

    private String channelSecret(ResultSet row) throws SQLException {
        return opened(row, "sealed", "channel_id", "the channel's address");
    }

    private String opened(ResultSet row, String sealed, String owner, String what) throws SQLException {
        try {
            return secrets.open(row.getBytes(sealed), row.getString(owner));
        } catch (IllegalArgumentException closed) {
            throw NotDelivered.now(what + " does not open with this RATEGUARD_SECRET_KEY");
        }
    }

    private Notice notice(ResultSet row, Instant writtenAt) throws SQLException {
        String base = console + "/w/" + row.getString("slug");
        if (row.getBoolean("moot")) {
            throw NotDelivered.ever("its rule or budget has been deleted");
        }
        if (row.getString("subject_name") != null) {
            String kind = row.getString("kind");
            return incident(
                    row,
                    AlertKind.ofWireName(kind)
                            .orElseThrow(() -> NotDelivered.now("rules of type " + kind + " need a newer version")),
                    base);
        }
        if (row.getString("window_name") == null) {
            return new Notice.Test(
                    row.getString("workspace"), row.getString("channel"), URI.create(base + "/overview"));
        }
        return new Notice.BudgetReached(
                row.getString("workspace"),
                row.getString("budget"),
                row.getInt("percent"),
                Money.ofNanos(row.getLong("amount_nanos")),
                Money.ofNanos(row.getLong("spent_nanos")),
                window(row),
                LimitShapes.per(JsonMapper.shared().readTree(row.getString("per"))),
                ZoneId.of(row.getString("zone")),
                row.getBoolean("shutoff"),
                row.getBoolean("shutoff") ? offer(row, writtenAt, base) : null,
                URI.create(base + "/budgets"));
    }

    private Notice.@Nullable Offer offer(ResultSet row, Instant writtenAt, String base) throws SQLException {
        IncreaseOffer offer = IncreaseOffer.of(
                        new BudgetId(row.getObject("budget_id", UUID.class)),
                        row.getObject("crossing", UUID.class),
                        Money.ofNanos(row.getLong("amount_nanos")),
                        window(row),
                        writtenAt)
                .orElse(null);
        if (offer == null) {
            return null;
        }
        String token = offer.sealed(secrets, new WorkspaceId(row.getObject("workspace_id", UUID.class)));
        return new Notice.Offer(offer.amount(), offer.until(), token, URI.create(base + "/increase?offer=" + token));
    }

    private static BudgetWindow window(ResultSet row) throws SQLException {
        return new BudgetWindow(
                row.getString("window_name"), row.getLong("window_start_millis"), row.getLong("window_end_millis"));
    }

    /** What the list of requests is narrowed to, where it is about one API or model. */
    private static String only(AlertKind kind, String subject) {
        String filter = switch (kind.subject()) {
            case API -> "?api=";
            case MODEL -> "?model=";
            case KEY, BUDGET -> "";
        };
        return subject.isEmpty() || filter.isEmpty() ? "" : filter + URLEncoder.encode(subject, StandardCharsets.UTF_8);
    }

    private static Notice incident(ResultSet row, AlertKind kind, String base) throws SQLException {
        boolean recovery = row.getBoolean("recovery");
        @Nullable Integer window = row.getObject("window_seconds", Integer.class);
        String screen = switch (kind) {
            case FORECAST, BUDGET_THRESHOLD -> "/budgets";
            case KEY_EXPIRING, RUNAWAY -> "/keys";
            case SPIKE, SURGE, ERROR_RATE, LATENCY, REFUSALS, UNPRICED, DEGRADED, UPSTREAM_FAILING ->
                "/requests" + only(kind, row.getString("subject_name"));
        };
        return new Notice.Incident(
                row.getString("workspace"),
                row.getString("rule"),
                kind,
                row.getString("subject_name"),
                row.getLong("value"),
                row.getLong("threshold"),
                row.getLong("volume"),
                window == null ? kind.window() : Duration.ofSeconds(window),
                row.getTimestamp("opened_at").toInstant(),
                recovery ? row.getTimestamp("closed_at").toInstant() : null,
                row.getLong("closed_value"),
                URI.create(base + screen));
    }
}
