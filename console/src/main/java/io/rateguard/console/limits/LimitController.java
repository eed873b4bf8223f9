package io.rateguard.console.limits;

import io.rateguard.console.limits.Limits.Limit;
import io.rateguard.console.rest.Answers;
import io.rateguard.console.rest.Fields;
import io.rateguard.console.rest.Page;
import io.rateguard.console.rest.PageRequest;
import io.rateguard.console.rest.Patches;
import io.rateguard.console.rest.SeenVersion;
import io.rateguard.console.workspaces.Workspaces;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.limit.LimitShapes;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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

/** {@code /api/v1/workspaces/{workspace}/limits}. */
@RestController
@RequestMapping("/api/v1/workspaces/{workspace}/limits")
class LimitController {

    private static final Duration USUAL_RANGE = Duration.ofDays(7);

    private final Workspaces workspaces;
    private final Limits limits;
    private final Backtests backtests;
    private final Patches patches;
    private final Clock clock;

    LimitController(Workspaces workspaces, Limits limits, Backtests backtests, Patches patches, Clock clock) {
        this.workspaces = workspaces;
        this.limits = limits;
        this.backtests = backtests;
        this.patches = patches;
        this.clock = clock;
    }

    @PostMapping
    ResponseEntity<LimitJson> create(@PathVariable String workspace, @RequestBody NewLimit wanted) {
        return Answers.created(LimitJson.of(limits.create(id(workspace), wanted)));
    }

    /** What it would have refused; nothing is saved. */
    @PostMapping("/backtest")
    BacktestJson backtest(
            @PathVariable String workspace,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            @RequestBody NewLimit wanted) {
        Instant end = to == null ? clock.instant() : Fields.requireStorable("to", to);
        Instant start = from == null ? end.minus(USUAL_RANGE) : Fields.requireStorable("from", from);
        return BacktestJson.of(backtests.ask(id(workspace), wanted, start, end));
    }

    @GetMapping
    Page<LimitJson> list(
            @PathVariable String workspace,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        return limits.list(id(workspace), PageRequest.of(cursor, limit)).map(LimitJson::of);
    }

    @GetMapping("/{limit}")
    ResponseEntity<LimitJson> read(@PathVariable String workspace, @PathVariable String limit) {
        Limit found = limits.read(id(workspace), limit);
        return Answers.versioned(found.version(), LimitJson.of(found));
    }

    /**
     * What the body names takes the place of what there was, null too; of {@code limit} it may name a part, the rest stays
     * as it is.
     */
    @PatchMapping("/{limit}")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            content = @Content(schema = @Schema(implementation = NewLimit.class)))
    ResponseEntity<LimitJson> change(
            @PathVariable String workspace,
            @PathVariable String limit,
            @RequestHeader(name = SeenVersion.HEADER, defaultValue = SeenVersion.EVERY) SeenVersion seen,
            @RequestBody JsonNode body) {
        Limit changed = limits.change(
                id(workspace), limit, seen, present -> patches.applied(body, present, NewLimit.class, "limit"));
        return Answers.versioned(changed.version(), LimitJson.of(changed));
    }

    @DeleteMapping("/{limit}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(
            @PathVariable String workspace,
            @PathVariable String limit,
            @RequestHeader(name = SeenVersion.HEADER, defaultValue = SeenVersion.EVERY) SeenVersion seen) {
        limits.delete(id(workspace), limit, seen);
    }

    private WorkspaceId id(String workspace) {
        return workspaces.require(workspace).id();
    }

    record LimitJson(
            String id,
            String name,
            JsonNode match,
            JsonNode per,
            JsonNode limit,
            JsonNode weightsPermille,
            String mode,
            String onStoreFailure,
            Instant createdAt) {

        static LimitJson of(Limit limit) {
            return new LimitJson(
                    limit.rule().id().toString(),
                    limit.rule().name(),
                    LimitShapes.json(limit.rule().match()),
                    LimitShapes.json(limit.rule().per()),
                    LimitShapes.json(limit.rule().limit()),
                    LimitShapes.json(limit.rule().weights()),
                    limit.rule().mode().wireName(),
                    limit.rule().onStoreFailure().wireName(),
                    limit.createdAt());
        }
    }
}
