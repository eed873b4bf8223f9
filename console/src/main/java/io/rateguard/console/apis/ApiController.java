package io.rateguard.console.apis;

import io.rateguard.console.apis.Apis.Api;
import io.rateguard.console.rest.Answers;
import io.rateguard.console.rest.Page;
import io.rateguard.console.rest.PageRequest;
import io.rateguard.console.rest.Patches;
import io.rateguard.console.workspaces.Workspaces;
import io.rateguard.domain.id.WorkspaceId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /api/v1/workspaces/{workspace}/apis}. */
@RestController
@RequestMapping("/api/v1/workspaces/{workspace}/apis")
class ApiController {

    private final Workspaces workspaces;
    private final Apis apis;
    private final Patches patches;

    ApiController(Workspaces workspaces, Apis apis, Patches patches) {
        this.workspaces = workspaces;
        this.apis = apis;
        this.patches = patches;
    }

    @PostMapping
    ResponseEntity<ApiJson> create(@PathVariable String workspace, @RequestBody NewApi wanted) {
        return Answers.created(ApiJson.of(apis.create(id(workspace), wanted)));
    }

    @GetMapping
    Page<ApiJson> list(
            @PathVariable String workspace,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        return apis.list(id(workspace), PageRequest.of(cursor, limit)).map(ApiJson::of);
    }

    /** @param api its id or slug */
    @GetMapping("/{api}")
    ResponseEntity<ApiJson> read(@PathVariable String workspace, @PathVariable String api) {
        Api found = apis.read(id(workspace), api);
        return Answers.versioned(found.version(), ApiJson.of(found));
    }

    /**
     * What the body names takes the place of what there was, null too; of {@code auth} and {@code timeouts} it may name a
     * part. The rest stays as it is, secrets too.
     *
     * @param api its id or slug
     */
    @PatchMapping("/{api}")
    ResponseEntity<ApiJson> change(
            @PathVariable String workspace, @PathVariable String api, @RequestBody JsonNode body) {
        Api changed = apis.change(
                id(workspace), api, present -> patches.applied(body, present, NewApi.class, "auth", "timeouts"));
        return Answers.versioned(changed.version(), ApiJson.of(changed));
    }

    @DeleteMapping("/{api}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String workspace, @PathVariable String api) {
        apis.delete(id(workspace), api);
    }

    private WorkspaceId id(String workspace) {
        return workspaces.require(workspace).id();
    }

    record ApiJson(
            String id,
            String slug,
            String name,
            String profile,
            String baseUrl,
            AuthJson auth,
            List<Apis.Credential> credentials,
            boolean enabled,
            String unknownPaths,
            String clientGone,
            Apis.Timeouts timeouts,
            Instant createdAt) {

        static ApiJson of(Api api) {
            return new ApiJson(
                    api.id().toString(),
                    api.slug(),
                    api.name(),
                    api.profile().wireName(),
                    api.baseUrl(),
                    new AuthJson(api.authType().wireName(), api.authName()),
                    api.credentials(),
                    api.enabled(),
                    api.unknownPaths().wireName(),
                    api.clientGone(),
                    api.timeouts(),
                    api.createdAt());
        }
    }

    record AuthJson(String type, @Nullable String name) {}
}
