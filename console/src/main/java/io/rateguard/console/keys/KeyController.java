package io.rateguard.console.keys;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rateguard.console.keys.Keys.Key;
import io.rateguard.console.rest.Answers;
import io.rateguard.console.rest.Page;
import io.rateguard.console.rest.PageRequest;
import io.rateguard.console.workspaces.Workspaces;
import io.rateguard.domain.id.WorkspaceId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/workspaces/{workspace}/keys}. */
@RestController
@RequestMapping("/api/v1/workspaces/{workspace}/keys")
class KeyController {

    private final Workspaces workspaces;
    private final Keys keys;

    KeyController(Workspaces workspaces, Keys keys) {
        this.workspaces = workspaces;
        this.keys = keys;
    }

    @PostMapping
    ResponseEntity<KeyJson> create(@PathVariable String workspace, @RequestBody NewKey wanted) {
        Keys.Created created = keys.create(id(workspace), wanted);
        return Answers.created(KeyJson.of(created.key(), created.secret().reveal()));
    }

    @GetMapping
    Page<KeyJson> list(
            @PathVariable String workspace,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        return keys.list(id(workspace), PageRequest.of(cursor, limit)).map(key -> KeyJson.of(key, null));
    }

    @GetMapping("/{key}")
    ResponseEntity<KeyJson> read(@PathVariable String workspace, @PathVariable String key) {
        Key found = keys.read(id(workspace), key);
        return Answers.versioned(found.version(), KeyJson.of(found, null));
    }

    @PostMapping("/{key}/revoke")
    KeyJson revoke(@PathVariable String workspace, @PathVariable String key) {
        return KeyJson.of(keys.revoke(id(workspace), key), null);
    }

    @PostMapping("/{key}/suspend")
    KeyJson suspend(@PathVariable String workspace, @PathVariable String key) {
        return KeyJson.of(keys.suspend(id(workspace), key), null);
    }

    @PostMapping("/{key}/resume")
    KeyJson resume(@PathVariable String workspace, @PathVariable String key) {
        return KeyJson.of(keys.resume(id(workspace), key), null);
    }

    private WorkspaceId id(String workspace) {
        return workspaces.require(workspace).id();
    }

    /** @param secret only in the answer that creates the key */
    record KeyJson(
            String id,
            String name,
            String environment,
            String prefix,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String secret,

            String status,
            @Nullable List<String> apis,
            Map<String, String> tags,
            @Nullable String project,
            @Nullable String customer,
            @Nullable Instant expiresAt,
            @Nullable Instant revokedAt,
            Instant createdAt) {

        static KeyJson of(Key key, @Nullable String secret) {
            return new KeyJson(
                    key.id().toString(),
                    key.name(),
                    key.environment(),
                    key.prefix(),
                    secret,
                    key.status().wireName(),
                    key.apis(),
                    key.tags(),
                    key.project(),
                    key.customer(),
                    key.expiresAt(),
                    key.revokedAt(),
                    key.createdAt());
        }

        @Override
        public String toString() {
            return "KeyJson[" + prefix + "…]";
        }
    }
}
