package io.rateguard.console.requests;

import io.rateguard.analytics.question.RequestFilter;
import io.rateguard.analytics.question.UsageQuestion;
import io.rateguard.console.problem.Problem;
import io.rateguard.console.rest.KnownFailures;
import io.rateguard.console.workspaces.Workspace;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Requests and usage as CSV: every row of any range, written as it is read. What fails before anything was sent is thrown;
 * later, the last record says so.
 */
@Service
public class Exports {

    static final String CSV = "text/csv";

    private static final Logger log = LoggerFactory.getLogger(Exports.class);

    private final Requests requests;

    Exports(Requests requests) {
        this.requests = requests;
    }

    public void requests(Workspace workspace, RequestFilter filter, HttpServletResponse response) throws IOException {
        answer(response, workspace.slug() + "-requests.csv", csv -> {
            RequestCsv.columns(csv);
            requests.export(workspace.id(), filter, row -> RequestCsv.record(csv, row));
        });
    }

    public void usage(Workspace workspace, UsageQuestion question, HttpServletResponse response) throws IOException {
        answer(response, workspace.slug() + "-usage.csv", csv -> {
            UsageCsv.columns(csv, question);
            requests.exportUsage(workspace.id(), question, row -> UsageCsv.record(csv, question, row));
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
