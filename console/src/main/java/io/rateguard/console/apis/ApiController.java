package io.rateguard.console.apis;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rateguard.analytics.question.ApiHealth.Health;
import io.rateguard.console.apis.ApiHealths.Healths;
import io.rateguard.console.apis.ApiHealths.Standing;
import io.rateguard.console.apis.Apis.Api;
import io.rateguard.console.common.Patience;
import io.rateguard.console.rest.Answers;
import io.rateguard.console.rest.Page;
import io.rateguard.console.rest.PageRequest;
import io.rateguard.console.rest.Patches;
import io.rateguard.console.rest.SeenVersion;
import io.rateguard.console.workspaces.Workspaces;
import io.rateguard.domain.id.WorkspaceId;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
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
    private final ConnectionTests tests;
    private final ApiHealths healths;

    ApiController(Workspaces workspaces, Apis apis, Patches patches, ConnectionTests tests, ApiHealths healths) {
        this.workspaces = workspaces;
        this.apis = apis;
        this.patches = patches;
        this.tests = tests;
        this.healths = healths;
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
        WorkspaceId id = id(workspace);
        Page<Api> page = apis.list(id, PageRequest.of(cursor, limit));
        Optional<Healths> known = Patience.ifSoon("api-health", () -> healths.read(id));
        return page.map(api -> ApiJson.of(
                api, known.map(all -> HealthJson.of(all.of(api.slug()), all)).orElse(null)));
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
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            content = @Content(schema = @Schema(implementation = NewApi.class)))
    ResponseEntity<ApiJson> change(
            @PathVariable String workspace,
            @PathVariable String api,
            @RequestHeader(name = SeenVersion.HEADER, defaultValue = SeenVersion.EVERY) SeenVersion seen,
            @RequestBody JsonNode body) {
        Api changed = apis.change(
                id(workspace), api, seen, present -> patches.applied(body, present, NewApi.class, "auth", "timeouts"));
        return Answers.versioned(changed.version(), ApiJson.of(changed));
    }

    @DeleteMapping("/{api}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(
            @PathVariable String workspace,
            @PathVariable String api,
            @RequestHeader(name = SeenVersion.HEADER, defaultValue = SeenVersion.EVERY) SeenVersion seen) {
        apis.delete(id(workspace), api, seen);
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

    /** @param health in lists; absent while the history of requests does not answer */
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
            Instant createdAt,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            HealthJson health) {

        static ApiJson of(Api api) {
            return of(api, null);
        }

        static ApiJson of(Api api, @Nullable HealthJson health) {
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
                    api.createdAt(),
                    health);
        }
    }

    record AuthJson(String type, @Nullable String name) {}

    /**
     * How the provider has answered in a quarter of an hour.
     *
     * @param state healthy, failing, unanswered or quiet
     * @param why in a sentence
     * @param unanswered what ended before the provider said anything: neither good nor failed
     * @param p95UpstreamMillis of what went well; null where nothing did
     * @param lastGoodAt when the provider last answered well, within a week; of earlier than that quarter of an hour, to
     *     the quarter, and not of earlier where some are unanswered
     * @param upTo the end of the quarter of an hour
     */
    record HealthJson(
            String state,
            String why,
            long requests,
            long failed,
            long unanswered,
            @Nullable Double p95UpstreamMillis,
            @Nullable Instant lastGoodAt,
            Instant upTo) {

        private static final double MICROS_PER_MILLI = 1_000;

        static HealthJson of(Standing standing, Healths all) {
            Health figures = standing.figures();
            return new HealthJson(
                    standing.state().wireName(),
                    standing.why(),
                    figures.requests(),
                    figures.failed(),
                    figures.unanswered(),
                    figures.requests() == figures.failed() + figures.unanswered()
                            ? null
                            : figures.p95UpstreamMicros() / MICROS_PER_MILLI,
                    figures.lastGood(),
                    all.upTo());
        }
    }

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
