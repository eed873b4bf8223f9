package io.rateguard.console.requests.ui;

import io.rateguard.analytics.question.Cursor;
import io.rateguard.analytics.question.RequestPage;
import io.rateguard.analytics.question.RequestRow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The log as far as someone has scrolled. A grid asks by row number, the log answers by cursor: so the rows are read in
 * order, each once, and kept while the list is on screen. What arrives meanwhile is newer than the first row and shifts
 * nothing; it is seen after a refresh. It ends after {@value #MOST} rows, where filters find more than scrolling does.
 */
final class RequestScroll {

    static final int MOST = 10_000;

    private static final int PAGE = 100;

    private final Pages log;
    private final List<RequestRow> read = new ArrayList<>();
    private @Nullable Cursor next;
    private boolean ended;

    RequestScroll(Pages log) {
        this.log = log;
    }

    List<RequestRow> rows(int offset, int limit) {
        while (!ended && read.size() < offset + limit) {
            RequestPage page = log.after(next, PAGE);
            read.addAll(page.items());
            next = page.next();
            ended = next == null || read.size() >= MOST;
        }
        int from = Math.min(offset, read.size());
        return List.copyOf(read.subList(from, Math.min(offset + limit, read.size())));
    }

    /** The log, page by page. */
    interface Pages {
        RequestPage after(@Nullable Cursor cursor, int size);
    }
}
