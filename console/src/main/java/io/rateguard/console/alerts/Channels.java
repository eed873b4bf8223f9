package io.rateguard.console.alerts;

import io.rateguard.console.problem.Problem;
import io.rateguard.console.rest.Fields;
import io.rateguard.console.rest.Page;
import io.rateguard.console.rest.PageRequest;
import io.rateguard.console.rest.RowIds;
import io.rateguard.console.rest.SeenVersion;
import io.rateguard.console.security.Access;
import io.rateguard.console.security.Action;
import io.rateguard.console.security.Tenancy;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.secret.SecretBox;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What can be done with channels. */
@Service
public class Channels {

    private final Access access;
    private final Tenancy tenancy;
    private final ChannelRepository rows;
    private final AlertRuleRepository rules;
    private final DeliveryRepository deliveries;
    private final SecretBox secrets;
    private final JsonMapper json;

    Channels(
            Access access,
            Tenancy tenancy,
            ChannelRepository rows,
            AlertRuleRepository rules,
            DeliveryRepository deliveries,
            SecretBox secrets,
            JsonMapper json) {
        this.access = access;
        this.tenancy = tenancy;
        this.rows = rows;
        this.rules = rules;
        this.deliveries = deliveries;
        this.secrets = secrets;
        this.json = json;
    }

    public Channel create(WorkspaceId workspace, NewChannel wanted) {
        access.require(workspace, Action.EDIT_ALERTS);
        ChannelEntity row = new ChannelEntity();
        row.id = RowIds.next();
        row.workspaceId = workspace.value();
        row.name = Fields.requireName("name", wanted.name());
        row.type = Fields.require("type", wanted.type());
        row.createdAt = RowIds.now();
        aim(row, wanted);
        return tenancy.in(workspace, () -> channel(rows.save(row)));
    }

    public Page<Channel> list(WorkspaceId workspace, PageRequest request) {
        access.require(workspace, Action.READ);
        return tenancy.in(
                workspace,
                () -> Page.of(
                        rows.page(workspace.value(), request.after(), request.fetch()),
                        request,
                        row -> row.id,
                        this::channel));
    }

    public Channel read(WorkspaceId workspace, String id) {
        access.require(workspace, Action.READ);
        return tenancy.in(workspace, () -> channel(require(workspace, id)));
    }

    /** Refuses while a rule tells there: it would tell nobody. */
    public void delete(WorkspaceId workspace, String id, SeenVersion seen) {
        access.require(workspace, Action.EDIT_ALERTS);
        tenancy.in(workspace, () -> {
            ChannelEntity row = require(workspace, id);
            seen.require(row.version);
            List<String> using = rules.all(workspace.value()).stream()
                    .filter(rule -> List.of(rule.channelIds).contains(row.id))
                    .map(rule -> rule.name)
                    .toList();
            if (!using.isEmpty()) {
                throw Problem.conflict(
                        "channel_in_use",
                        "channel: " + row.name + " is told by alert rules: " + String.join(", ", using));
            }
            row.deletedAt = RowIds.now();
            return true;
        });
    }

    /** Queues a message that says it is a test. */
    public Sent test(WorkspaceId workspace, String id) {
        access.require(workspace, Action.EDIT_ALERTS);
        return tenancy.in(workspace, () -> {
            DeliveryEntity row = new DeliveryEntity();
            row.id = RowIds.next();
            row.workspaceId = workspace.value();
            row.channelId = require(workspace, id).id;
            row.state = "pending";
            row.createdAt = RowIds.now();
            row.dueAt = row.createdAt;
            return sent(deliveries.save(row));
        });
    }

    /** What was sent there and what came of it. */
    public Page<Sent> deliveries(WorkspaceId workspace, String id, PageRequest request) {
        access.require(workspace, Action.READ);
        return tenancy.in(workspace, () -> {
            UUID channel = require(workspace, id).id;
            return Page.of(
                    deliveries.page(workspace.value(), channel, request.after(), request.fetch()),
                    request,
                    row -> row.id,
                    Channels::sent);
        });
    }

    /** Must run inside a transaction of the workspace. */
    void requireExists(WorkspaceId workspace, String field, UUID id) {
        if (rows.find(workspace.value(), id).isEmpty()) {
            throw Problem.invalid(field + ": " + id + " (expected: the id of a channel in this workspace)");
        }
    }

    private void aim(ChannelEntity row, NewChannel wanted) {
        ObjectNode target = JsonNodeFactory.instance.objectNode();
        switch (row.type) {
            case "email" -> {
                ArrayNode to = target.putArray("to");
                Targets.addresses(wanted.target()).forEach(address -> to.add(address));
            }
            case "slack" -> {
                URI webhook = Targets.webhook(wanted.target());
                target.put("host", webhook.getHost());
                seal(row, webhook.toString());
            }
            case "webhook" -> {
                URI url = Targets.url(wanted.target());
                target.put("host", url.getHost());
                seal(
                        row,
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("url", url.toString())
                                .put("secret", Targets.secret(wanted.target()))
                                .toString());
            }
            case "owners" -> Targets.requireNone(wanted.target());
            default -> throw Problem.invalid("type: " + row.type + " (expected: email, slack, webhook or owners)");
        }
        row.target = target.toString();
    }

    private void seal(ChannelEntity row, String secret) {
        row.sealed = secrets.seal(secret, row.id.toString());
        row.sealedWith = secrets.keyId();
    }

    private ChannelEntity require(WorkspaceId workspace, String id) {
        return rows.find(workspace.value(), Fields.pathId("channel", id))
                .orElseThrow(() -> Problem.notFound("channel: " + id + " (expected: the id of one in this workspace)"));
    }

    private Channel channel(ChannelEntity row) {
        return new Channel(
                row.id,
                row.name,
                row.type,
                json.readTree(row.target),
                row.createdAt,
                row.version == null ? 0 : row.version);
    }

    private static Sent sent(DeliveryEntity row) {
        return new Sent(
                row.id,
                row.crossingId == null && row.incidentId == null,
                row.state,
                row.attempts,
                row.trouble,
                row.answer,
                row.createdAt,
                row.endedAt);
    }

    /** @param target what may be shown of it */
    public record Channel(UUID id, String name, String type, JsonNode target, Instant createdAt, int version) {}

    /**
     * @param state pending, delivered or failed
     * @param trouble why the last attempt failed
     * @param answer what the receiver of a webhook answered last
     */
    public record Sent(
            UUID id,
            boolean test,
            String state,
            int attempts,
            @Nullable String trouble,
            @Nullable String answer,
            Instant createdAt,
            @Nullable Instant endedAt) {}
}
