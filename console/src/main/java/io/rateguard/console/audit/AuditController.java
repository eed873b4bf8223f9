package io.rateguard.console.audit;

import io.rateguard.console.csv.CsvAnswer;
import io.rateguard.console.rest.Page;
import io.rateguard.console.rest.PageRequest;
import io.rateguard.console.workspaces.Workspaces;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/workspaces/{workspace}/audit}. */
@RestController
@RequestMapping("/api/v1/workspaces/{workspace}/audit")
class AuditController {

    private final Workspaces workspaces;
    private final Audit audit;

    AuditController(Workspaces workspaces, Audit audit) {
        this.workspaces = workspaces;
        this.audit = audit;
    }

    @GetMapping
    Page<Audit.Entry> list(
            @PathVariable String workspace,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable String resource,
            @RequestParam(required = false) @Nullable String action,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        return audit.list(
                workspaces.require(workspace).id(),
                AuditFilter.of(from, to, actor, resource, action),
                PageRequest.of(cursor, limit));
    }

    /** All of them; what fails before anything was sent is answered as a problem. */
    @GetMapping(produces = CsvAnswer.CONTENT_TYPE)
    void export(
            @PathVariable String workspace,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable String resource,
            @RequestParam(required = false) @Nullable String action,
            HttpServletResponse response)
            throws IOException {
        audit.export(workspaces.require(workspace), AuditFilter.of(from, to, actor, resource, action), response);
    }
}
