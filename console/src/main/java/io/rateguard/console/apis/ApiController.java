package io.rateguard.console.apis;

import io.rateguard.console.apis.Apis.Api;
import io.rateguard.console.rest.Answers;
import io.rateguard.console.rest.Page;
import io.rateguard.console.rest.PageRequest;
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

/** {@code /api/v1/workspaces/{workspace}/apis}. */
@RestController
@RequestMapping("/api/v1/workspaces/{workspace}/apis")
class ApiController {

    private final Workspaces workspaces;
    private final Apis apis;
    private final ConnectionTests tests;

    ApiController(Workspaces workspaces, Apis apis, ConnectionTests tests) {
        this.workspaces = workspaces;
        this.apis = apis;
        this.tests = tests;
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

    /** @param api its id or slug */
    @PatchMapping("/{api}")
    ResponseEntity<ApiJson> change(
            @PathVariable String workspace, @PathVariable String api, @RequestBody ApiChange wanted) {
        Api changed = apis.change(id(workspace), api, wanted);
        return Answers.versioned(changed.version(), ApiJson.of(changed));
    }

    @DeleteMapping("/{api}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String workspace, @PathVariable String api) {
        apis.delete(id(workspace), api);
    }

    /**
     * Sends a harmless request through the proxy and tells what came of it, within fifteen seconds.
     *
     * @param api its id or slug
     */
    @PostMapping("/{api}/test")
    ConnectionJson test(@PathVariable String workspace, @PathVariable String api) {
        return ConnectionJson.of(tests.test(id(workspace), api));
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

    /**
     * What a test of a connection showed.
     *
     * @param verdict connected, secret-refused, answered, troubled, unreachable, refused or proxy-away
     * @param status of the provider; null where it did not answer
     * @param excerpt a few words of what the provider said against it
     */
    record ConnectionJson(
            String verdict,
            String message,
            String request,
            @Nullable Integer status,
            @Nullable Double latencyMillis,
            @Nullable String excerpt,
            @Nullable String requestId) {

        private static final double NANOS_PER_MILLI = 1e6;

        static ConnectionJson of(Connection shown) {
            return new ConnectionJson(
                    shown.verdict().wireName(),
                    shown.message(),
                    shown.request(),
                    shown.status(),
                    shown.latency() == null ? null : shown.latency().toNanos() / NANOS_PER_MILLI,
                    shown.excerpt(),
                    shown.requestId());
        }
    }
}
