package io.rateguard.console.alerts;

import io.rateguard.console.alerts.Channels.Channel;
import io.rateguard.console.alerts.Channels.Sent;
import io.rateguard.console.rest.Answers;
import io.rateguard.console.rest.Page;
import io.rateguard.console.rest.PageRequest;
import io.rateguard.console.rest.SeenVersion;
import io.rateguard.console.workspaces.Workspaces;
import io.rateguard.domain.id.WorkspaceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /api/v1/workspaces/{workspace}/channels}. */
@RestController
@RequestMapping("/api/v1/workspaces/{workspace}/channels")
class ChannelController {

    private final Workspaces workspaces;
    private final Channels channels;

    ChannelController(Workspaces workspaces, Channels channels) {
        this.workspaces = workspaces;
        this.channels = channels;
    }

    @PostMapping
    ResponseEntity<ChannelJson> create(@PathVariable String workspace, @RequestBody NewChannel wanted) {
        return Answers.created(ChannelJson.of(channels.create(id(workspace), wanted)));
    }

    @GetMapping
    Page<ChannelJson> list(
            @PathVariable String workspace,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        return channels.list(id(workspace), PageRequest.of(cursor, limit)).map(ChannelJson::of);
    }

    @GetMapping("/{channel}")
    ResponseEntity<ChannelJson> read(@PathVariable String workspace, @PathVariable String channel) {
        Channel found = channels.read(id(workspace), channel);
        return Answers.versioned(found.version(), ChannelJson.of(found));
    }

    @DeleteMapping("/{channel}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(
            @PathVariable String workspace,
            @PathVariable String channel,
            @RequestHeader(name = SeenVersion.HEADER, defaultValue = SeenVersion.EVERY) SeenVersion seen) {
        channels.delete(id(workspace), channel, seen);
    }

    @PostMapping("/{channel}/test")
    @ResponseStatus(HttpStatus.ACCEPTED)
    DeliveryJson test(@PathVariable String workspace, @PathVariable String channel) {
        return DeliveryJson.of(channels.test(id(workspace), channel));
    }

    @GetMapping("/{channel}/deliveries")
    Page<DeliveryJson> deliveries(
            @PathVariable String workspace,
            @PathVariable String channel,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        return channels.deliveries(id(workspace), channel, PageRequest.of(cursor, limit))
                .map(DeliveryJson::of);
    }

    private WorkspaceId id(String workspace) {
        return workspaces.require(workspace).id();
    }

    record ChannelJson(String id, String name, String type, JsonNode target, Instant createdAt) {

        static ChannelJson of(Channel channel) {
            return new ChannelJson(
                    channel.id().toString(), channel.name(), channel.type(), channel.target(), channel.createdAt());
        }
    }

    record DeliveryJson(
            String id,
            boolean test,
            String state,
            int attempts,
            @Nullable String trouble,
            @Nullable String answer,
            Instant createdAt,
            @Nullable Instant endedAt) {

        static DeliveryJson of(Sent sent) {
            return new DeliveryJson(
                    sent.id().toString(),
                    sent.test(),
                    sent.state(),
                    sent.attempts(),
                    sent.trouble(),
                    sent.answer(),
                    sent.createdAt(),
                    sent.endedAt());
        }
    }
}
