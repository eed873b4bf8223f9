package io.rateguard.console.common.ui;

import io.rateguard.console.rest.Page;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A log, newest first, as far as someone has scrolled. A list asks by row number, a log answers by cursor: so the rows are
 * read in order, each once, and kept while the list is on screen. What arrives meanwhile is newer than the first row and
 * shifts nothing; it is seen after a refresh. It ends after {@value #MOST} rows, where filters find more than scrolling
 * does.
 */
public final class Scroll<T> {

    static final int MOST = 10_000;

    private static final int PAGE = 100;

    private final Pages<T> log;
    private final List<T> read = new ArrayList<>();
    private @Nullable String next;
    private boolean ended;

    public Scroll(Pages<T> log) {
        this.log = log;
    }

    /** @param first is not asked for */
    public Scroll(Page<T> first, Pages<T> log) {
        this.log = log;
        add(first);
    }

    public List<T> rows(int offset, int limit) {
        while (!ended && read.size() < offset + limit) {
            add(log.after(next, PAGE));
        }
        int from = Math.min(offset, read.size());
        return List.copyOf(read.subList(from, Math.min(offset + limit, read.size())));
    }

    private void add(Page<T> page) {
        read.addAll(page.items());
        next = page.next();
        ended = next == null || read.size() >= MOST;
    }

    /** The log, page by page. */
    public interface Pages<T> {
        Page<T> after(@Nullable String cursor, int size);
    }
}
