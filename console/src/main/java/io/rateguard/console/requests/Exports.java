package io.rateguard.console.requests;

import io.rateguard.analytics.question.RequestFilter;
import io.rateguard.analytics.question.UsageQuestion;
import io.rateguard.console.csv.CsvAnswer;
import io.rateguard.console.workspaces.Workspace;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Service;

/** Requests and usage as CSV: every row of any range, written as it is read. */
@Service
public class Exports {

    private final Requests requests;

    Exports(Requests requests) {
        this.requests = requests;
    }

    public void requests(Workspace workspace, RequestFilter filter, HttpServletResponse response) throws IOException {
        CsvAnswer.write(response, workspace.slug() + "-requests.csv", csv -> {
            RequestCsv.columns(csv);
            requests.export(workspace.id(), filter, row -> RequestCsv.record(csv, row));
        });
    }

    public void usage(Workspace workspace, UsageQuestion question, HttpServletResponse response) throws IOException {
        CsvAnswer.write(response, workspace.slug() + "-usage.csv", csv -> {
            UsageCsv.columns(csv, question);
            requests.exportUsage(workspace.id(), question, row -> UsageCsv.record(csv, question, row));
        });
    }
}
