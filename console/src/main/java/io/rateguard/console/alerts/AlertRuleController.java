package io.rateguard.console.alerts;

import io.rateguard.console.alerts.AlertRules.AlertRule;
import io.rateguard.console.rest.Answers;
import io.rateguard.console.rest.Page;
import io.rateguard.console.rest.PageRequest;
import io.rateguard.console.rest.SeenVersion;
import io.rateguard.console.workspaces.Workspaces;
import io.rateguard.domain.id.WorkspaceId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
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

/** {@code /api/v1/workspaces/{workspace}/alert-rules}. */
@RestController
@RequestMapping("/api/v1/workspaces/{workspace}/alert-rules")
class AlertRuleController {

    private final Workspaces workspaces;
    private final AlertRules rules;

    AlertRuleController(Workspaces workspaces, AlertRules rules) {
        this.workspaces = workspaces;
        this.rules = rules;
    }

    @PostMapping
    ResponseEntity<AlertRuleJson> create(@PathVariable String workspace, @RequestBody NewAlertRule wanted) {
        return Answers.created(AlertRuleJson.of(rules.create(id(workspace), wanted)));
    }

    @GetMapping
    Page<AlertRuleJson> list(
            @PathVariable String workspace,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        return rules.list(id(workspace), PageRequest.of(cursor, limit)).map(AlertRuleJson::of);
    }

    @GetMapping("/{rule}")
    ResponseEntity<AlertRuleJson> read(@PathVariable String workspace, @PathVariable String rule) {
        AlertRule found = rules.read(id(workspace), rule);
        return Answers.versioned(found.version(), AlertRuleJson.of(found));
    }

    @PostMapping("/{rule}/mute")
    AlertRuleJson mute(@PathVariable String workspace, @PathVariable String rule, @RequestBody Muting wanted) {
        return AlertRuleJson.of(rules.mute(id(workspace), rule, wanted.until()));
    }

    @DeleteMapping("/{rule}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(
            @PathVariable String workspace,
            @PathVariable String rule,
            @RequestHeader(name = SeenVersion.HEADER, defaultValue = SeenVersion.EVERY) SeenVersion seen) {
        rules.delete(id(workspace), rule, seen);
    }

    private WorkspaceId id(String workspace) {
        return workspaces.require(workspace).id();
    }

    /** @param until null: it tells again from now on */
    record Muting(@Nullable Instant until) {}

    record WhenJson(
            String type,
            @Nullable String subject,
            @Nullable Integer percent,
            @Nullable Integer millis,
            @Nullable Integer windowSeconds,
            @Nullable Integer minimum) {}

    record AlertRuleJson(
            String id,
            String name,
            WhenJson when,
            List<String> channels,
            @Nullable Instant mutedUntil,
            Instant createdAt) {

        static AlertRuleJson of(AlertRule rule) {
            return new AlertRuleJson(
                    rule.id().toString(),
                    rule.name(),
                    new WhenJson(
                            rule.kind().wireName(),
                            rule.subject(),
                            rule.percent(),
                            rule.millis(),
                            rule.windowSeconds(),
                            rule.minimum()),
                    rule.channels().stream().map(UUID::toString).toList(),
                    rule.mutedUntil(),
                    rule.createdAt());
        }
    }
}
