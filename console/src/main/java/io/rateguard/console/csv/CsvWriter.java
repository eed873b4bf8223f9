package io.rateguard.console.csv;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/**
 * Writes records as RFC 4180 has them: lines end in CR LF, and a field with a comma, a quote or a line break is quoted. A
 * text that a spreadsheet would run as a formula gets an apostrophe in front. The last record says that it is the last.
 */
public final class CsvWriter {

    private static final String FORMULA_STARTS = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

    private final Writer out;
    private int fields;
    private int columns;
    private long records;

    CsvWriter(Writer out) {
        this.out = out;
    }

    public CsvWriter names(String... names) {
        for (String name : names) {
            text(name);
        }
        return this;
    }

    public CsvWriter text(@Nullable String value) {
        if (value == null) {
            return raw("");
        }
        boolean isFormula = !value.isEmpty() && FORMULA_STARTS.indexOf(value.charAt(0)) >= 0;
        return raw(isFormula ? "'" + value : value);
    }

    public CsvWriter whole(long value) {
        return raw(Long.toString(value));
    }

    /** A number, or another text that is made here and starts no formula. */
    public CsvWriter raw(String value) {
        write(fields == 0 ? "" : ",");
        boolean isQuoted = value.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        write(isQuoted ? '"' + value.replace("\"", "\"\"") + '"' : value);
        fields++;
        return this;
    }

    /** The first record names the columns; all others have as many. */
    public void end() {
        if (columns == 0) {
            columns = fields;
        } else if (fields != columns) {
            throw new IllegalStateException("csv record of " + fields + " fields (expected: " + columns + ")");
        } else {
            records++;
        }
        write("\r\n");
        fields = 0;
    }

    /** What a file without this record is not: whole. */
    void endOfExport() {
        close("# end of export", records + " records");
    }

    /** Says that records are missing. */
    void cutShort(String reason) {
        close("# cut short", reason);
    }

    private void close(String first, String second) {
        if (fields > 0) {
            write("\r\n");
            fields = 0;
        }
        raw(first).raw(second);
        while (fields < columns) {
            raw("");
        }
        write("\r\n");
        try {
            out.flush();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private void write(String text) {
        try {
            out.write(text);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
