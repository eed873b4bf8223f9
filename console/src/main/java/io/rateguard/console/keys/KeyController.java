package io.rateguard.console.keys;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rateguard.console.common.Patience;
import io.rateguard.console.keys.Keys.Key;
import io.rateguard.console.rest.Answers;
import io.rateguard.console.rest.Page;
import io.rateguard.console.rest.PageRequest;
import io.rateguard.console.rest.Patches;
import io.rateguard.console.rest.SeenVersion;
import io.rateguard.console.workspaces.Workspaces;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.WorkspaceId;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /api/v1/workspaces/{workspace}/keys}. */
@RestController
@RequestMapping("/api/v1/workspaces/{workspace}/keys")
class KeyController {

    private final Workspaces workspaces;
    private final Keys keys;
    private final KeyUses uses;
    private final Patches patches;

    KeyController(Workspaces workspaces, Keys keys, KeyUses uses, Patches patches) {
        this.workspaces = workspaces;
        this.keys = keys;
        this.uses = uses;
        this.patches = patches;
    }

    @PostMapping
    ResponseEntity<KeyJson> create(@PathVariable String workspace, @RequestBody NewKey wanted) {
        Keys.Created created = keys.create(id(workspace), wanted);
        return Answers.created(KeyJson.of(created, null));
    }

    @GetMapping
    Page<KeyJson> list(
            @PathVariable String workspace,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        WorkspaceId id = id(workspace);
        Page<Key> page = keys.list(id, PageRequest.of(cursor, limit));
        Map<ApiKeyId, Instant> lastUsed = lastUsed(id);
        return page.map(key -> KeyJson.of(key, lastUsed.get(key.id())));
    }

    @GetMapping("/{key}")
    ResponseEntity<KeyJson> read(@PathVariable String workspace, @PathVariable String key) {
        WorkspaceId id = id(workspace);
        Key found = keys.read(id, key);
        return Answers.versioned(found.version(), KeyJson.of(found, lastUsed(id).get(found.id())));
    }

    /** The successor with its secret, and when the old key ends. */
    @PostMapping("/{key}/rotate")
    ResponseEntity<KeyJson> rotate(
            @PathVariable String workspace,
            @PathVariable String key,
            @RequestBody(required = false) @Nullable Rotation wanted) {
        Keys.Rotated rotated = keys.rotate(id(workspace), key, wanted == null ? Rotation.USUAL : wanted);
        return Answers.created(KeyJson.of(rotated.successor(), rotated.previousValidUntil()));
    }

    @PostMapping("/{key}/revoke")
    KeyJson revoke(@PathVariable String workspace, @PathVariable String key) {
        return changed(id(workspace), keys::revoke, key);
    }

    @PostMapping("/{key}/suspend")
    KeyJson suspend(@PathVariable String workspace, @PathVariable String key) {
        return changed(id(workspace), keys::suspend, key);
    }

    @PostMapping("/{key}/resume")
    KeyJson resume(@PathVariable String workspace, @PathVariable String key) {
        return changed(id(workspace), keys::resume, key);
    }

    /** What the body names takes the place of what there was, null too; the rest stays as it is. */
    @PatchMapping("/{key}")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            content = @Content(schema = @Schema(implementation = NewKey.class)))
    KeyJson edit(
            @PathVariable String workspace,
            @PathVariable String key,
            @RequestHeader(name = SeenVersion.HEADER, defaultValue = SeenVersion.EVERY) SeenVersion seen,
            @RequestBody JsonNode body) {
        return changed(
                id(workspace),
                (within, id) -> keys.edit(within, id, seen, present -> patches.applied(body, present, NewKey.class)),
                key);
    }

    private KeyJson changed(WorkspaceId workspace, BiFunction<WorkspaceId, String, Key> change, String key) {
        Key changed = change.apply(workspace, key);
        return KeyJson.of(changed, lastUsed(workspace).get(changed.id()));
    }

    private WorkspaceId id(String workspace) {
        return workspaces.require(workspace).id();
    }

    /**
     * @param secret only in the answer that creates the key
     * @param status active, rotated (works until it expires, beside its successor), suspended, expired or revoked
     * @param lentFor only of a key that the console lends itself: playground or connection-test
     * @param line what limits and budgets know the key by: the first of those that followed each other by rotation
     * @param lastUsedAt to the minute; null where that was long ago or never, or is not known now
     * @param previousValidUntil only in the answer to a rotation
     */
    record KeyJson(
            String id,
            String name,
            String environment,
            String prefix,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String secret,

            String status,
            @Nullable List<String> apis,
            List<String> models,
            List<String> endpoints,
            List<String> ipRanges,
            Map<String, String> tags,
            @Nullable String project,
            @Nullable String owner,
            @Nullable String customer,
            String customerHeader,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String lentFor,

            String line,
            @Nullable String successor,
            @Nullable Instant expiresAt,
            @Nullable Instant revokedAt,
            Instant createdAt,
            @Nullable Instant lastUsedAt,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Instant previousValidUntil) {

        static KeyJson of(Key key, @Nullable Instant lastUsedAt) {
            return of(key, lastUsedAt, null, null);
        }

        /** Of a key that was made a moment ago. */
        static KeyJson of(Keys.Created created, @Nullable Instant previousValidUntil) {
            return of(created.key(), null, created.secret().reveal(), previousValidUntil);
        }

        private static KeyJson of(
                Key key, @Nullable Instant lastUsedAt, @Nullable String secret, @Nullable Instant previousValidUntil) {
            return new KeyJson(
                    key.id().toString(),
                    key.name(),
                    key.environment(),
                    key.prefix(),
                    secret,
                    key.state().wireName(),
                    key.apis(),
                    key.models(),
                    key.endpoints(),
                    key.ipRanges(),
                    key.tags(),
                    key.project(),
                    key.owner(),
                    key.customer(),
                    key.customerHeader().wireName(),
                    key.lentFor() == null ? null : key.lentFor().wireName(),
                    key.line().toString(),
                    key.successor() == null ? null : key.successor().toString(),
                    key.expiresAt(),
                    key.revokedAt(),
                    key.createdAt(),
                    lastUsedAt,
                    previousValidUntil);
        }

        @Override
        public String toString() {
            return "KeyJson[" + prefix + "…]";
        }
    }

    private Map<ApiKeyId, Instant> lastUsed(WorkspaceId workspace) {
        return Patience.ifSoon("key-use", () -> uses.last(workspace)).orElse(Map.of());
    }
}
