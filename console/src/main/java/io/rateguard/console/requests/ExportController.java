package io.rateguard.console.requests;

import io.rateguard.analytics.question.RequestFilter;
import io.rateguard.analytics.question.UsageQuestion;
import io.rateguard.console.problem.Problem;
import io.rateguard.console.rest.KnownFailures;
import io.rateguard.console.workspaces.Workspace;
import io.rateguard.console.workspaces.Workspaces;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code requests} and {@code usage} as {@code text/csv}: every row of any range, written as it is read. What fails before
 * anything was sent is answered as a problem; later, the last record says so.
 */
@RestController
@RequestMapping(path = "/api/v1/workspaces/{workspace}", produces = ExportController.CSV)
class ExportController {

    static final String CSV = "text/csv";
    private static final Logger log = LoggerFactory.getLogger(ExportController.class);

    private final Workspaces workspaces;
    private final Requests requests;
    private final Clock clock;

    ExportController(Workspaces workspaces, Requests requests, Clock clock) {
        this.workspaces = workspaces;
        this.requests = requests;
        this.clock = clock;
    }

    @GetMapping("/requests")
    void requests(
            @PathVariable String workspace, @RequestParam Map<String, String> parameters, HttpServletResponse response)
            throws IOException {
        Workspace found = workspaces.require(workspace);
        RequestFilter filter = Question.ofExport(parameters, clock.instant()).filter();
        answer(response, found.slug() + "-requests.csv", csv -> {
            RequestCsv.columns(csv);
            requests.export(found.id(), filter, row -> RequestCsv.record(csv, row));
        });
    }

    @GetMapping("/usage")
    void usage(
            @PathVariable String workspace, @RequestParam Map<String, String> parameters, HttpServletResponse response)
            throws IOException {
        Workspace found = workspaces.require(workspace);
        UsageQuestion question = Question.ofUsage(parameters, clock.instant()).usage(found.zone());
        answer(response, found.slug() + "-usage.csv", csv -> {
            UsageCsv.columns(csv, question);
            requests.exportUsage(found.id(), question, row -> UsageCsv.record(csv, question, row));
        });
    }

    static void answer(HttpServletResponse response, String name, Consumer<CsvWriter> records) throws IOException {
        response.setContentType(CSV + ";charset=utf-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"" + name + "\"");
        Writer out = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8);
        CsvWriter csv = new CsvWriter(out);
        try {
            records.accept(csv);
        } catch (UncheckedIOException gone) {
            log.debug("an export ended early: whoever asked has left", gone);
            return;
        } catch (RuntimeException failure) {
            if (!response.isCommitted()) {
                throw failure;
            }
            log.warn("an export was cut short", failure);
            csv.cutShort(KnownFailures.problem(failure).map(Problem::detail).orElse("something went wrong"));
            return;
        }
        csv.endOfExport();
    }
}
