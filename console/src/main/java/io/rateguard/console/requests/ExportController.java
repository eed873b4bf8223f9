package io.rateguard.console.requests;

import io.rateguard.console.csv.CsvAnswer;
import io.rateguard.console.workspaces.Workspace;
import io.rateguard.console.workspaces.Workspaces;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code requests} and {@code usage} as {@code text/csv}; what fails before anything was sent is answered as a problem. */
@RestController
@RequestMapping(path = "/api/v1/workspaces/{workspace}", produces = CsvAnswer.CONTENT_TYPE)
class ExportController {

    private final Workspaces workspaces;
    private final Exports exports;
    private final Clock clock;

    ExportController(Workspaces workspaces, Exports exports, Clock clock) {
        this.workspaces = workspaces;
        this.exports = exports;
        this.clock = clock;
    }

    @GetMapping("/requests")
    void requests(
            @PathVariable String workspace, @RequestParam Map<String, String> parameters, HttpServletResponse response)
            throws IOException {
        Workspace found = workspaces.require(workspace);
        exports.requests(found, Question.ofExport(parameters, clock.instant()).filter(), response);
    }

    @GetMapping("/usage")
    void usage(
            @PathVariable String workspace, @RequestParam Map<String, String> parameters, HttpServletResponse response)
            throws IOException {
        Workspace found = workspaces.require(workspace);
        exports.usage(found, Question.ofUsage(parameters, clock.instant()).usage(found.zone()), response);
    }
}
