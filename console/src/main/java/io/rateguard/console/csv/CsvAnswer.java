package io.rateguard.console.csv;

import io.rateguard.console.problem.Problem;
import io.rateguard.console.rest.KnownFailures;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file as an answer, every record sent as it is written. */
public final class CsvAnswer {

    public static final String CONTENT_TYPE = "text/csv";

    private static final Logger log = LoggerFactory.getLogger(CsvAnswer.class);

    private CsvAnswer() {}

    /** What fails before anything was sent is thrown; later, the last record says so. */
    public static void write(HttpServletResponse response, String name, Consumer<CsvWriter> records)
            throws IOException {
        response.setContentType(CONTENT_TYPE + ";charset=utf-8");
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
